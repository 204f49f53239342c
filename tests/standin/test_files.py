"""Photos and documents go both ways, within Telegram's limits."""

import io

import pytest
import telegram
from telegram.error import BadRequest, InvalidToken, NetworkError

from tests.standin import Standin, User
from tests.standin.methods.files import DOWNLOAD, PHOTO

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    ann = standin.user(11, "Ann")
    standin.private(ann)
    return ann


async def test_photo_and_document(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """What the bot sends is shown with its caption, and can be sent again by its id."""
    bold = [telegram.MessageEntity("bold", 0, 2)]
    sent = await bot.send_photo(ann.id, PNG, caption="Plot", caption_entities=bold)
    await bot.send_photo(ann.id, sent.photo[0].file_id)
    await bot.send_document(ann.id, io.BytesIO(b"a,b"), filename="gaps.csv", caption="Gaps")
    await sent.edit_caption("Plot of today")

    photo, again, document = standin.sent(ann)
    assert photo.versions == ["Plot", "Plot of today"]
    assert again.text == ""
    assert document.text == "Gaps"
    assert document.media
    assert document.media["document"]["file_name"] == "gaps.csv"


async def test_download(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """What somebody sends can be fetched."""
    standin.upload(ann, "news.jsonl", b"{}\n", caption="/import")
    (update,) = await bot.get_updates()
    assert update.message
    assert update.message.document
    found = await update.message.document.get_file()
    assert found.file_path
    kept = found.file_path.replace("https://api.telegram.org/file", f"{standin.url}/file")

    assert await bot.request.retrieve(kept) == b"{}\n"
    assert update.message.caption == "/import"
    with pytest.raises(InvalidToken):
        await bot.request.retrieve(f"{standin.url}/file/bot1:other/documents/x")


async def test_limits(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """Files that are too big, empty or no pictures are refused, and captions that are too long."""
    huge = standin.upload(ann, "huge.jsonl", b"", size=DOWNLOAD + 1)
    assert huge.media

    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(huge.media["document"]["file_id"])
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("nothing")
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(ann.id, b"no picture")
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(ann.id, io.BytesIO(b""), filename="a.txt")
    with pytest.raises(NetworkError, match="Request Entity Too Large"):
        await bot.send_photo(ann.id, PNG + bytes(PHOTO))
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(ann.id, PNG, caption="a" * 1025)
    assert len(standin.take_violations()) == 4


async def test_text_of_a_photo(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A photo has a caption and no text, a text has no caption."""
    photo = await bot.send_photo(ann.id, PNG)
    text = await bot.send_message(ann.id, "a")

    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await photo.edit_text("b")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await text.edit_caption("b")
    assert len(standin.take_violations()) == 2
