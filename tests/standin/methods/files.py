"""Photos and documents: sent by the bot, and fetched by it."""

from tests.standin.files import File
from tests.standin.methods.content import caption_content, open_chat
from tests.standin.methods.registry import method
from tests.standin.methods.sending import put
from tests.standin.params import Json, Params, Refusal, bad
from tests.standin.world import World

MEGABYTE = 1 << 20
PHOTO, DOCUMENT, DOWNLOAD = 10 * MEGABYTE, 50 * MEGABYTE, 20 * MEGABYTE
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")


def _file(world: World, params: Params, name: str, limit: int) -> File:
    """The file given as an upload or by the id of one that is known."""
    upload = params.file(name)
    if upload is None:
        known = world.files.by_id.get(params.string(name))
        if known is None:
            raise bad("wrong file identifier/HTTP URL specified")
        return known
    if len(upload.content) > limit:
        raise Refusal(413, "Request Entity Too Large")
    if not upload.content:
        raise bad("file must be non-empty")
    return world.files.add(upload.name, upload.kind, upload.content)


@method
async def send_photo(world: World, params: Params) -> Json:
    """A picture with a caption."""
    chat, file = open_chat(world, params), _file(world, params, "photo", PHOTO)
    if not file.content.startswith(PICTURES):
        raise bad("IMAGE_PROCESS_FAILED")
    params.flag("has_spoiler")
    params.flag("show_caption_above_media")
    media = {"photo": [{**file.json(), "width": 90, "height": 90}]}
    return put(world, params, chat, media=media, **caption_content(world, params))


@method
async def send_document(world: World, params: Params) -> Json:
    """A file with a caption."""
    chat, file = open_chat(world, params), _file(world, params, "document", DOCUMENT)
    params.flag("disable_content_type_detection")
    media = {"document": file.document()}
    return put(world, params, chat, media=media, **caption_content(world, params))


@method
async def get_file(world: World, params: Params) -> Json:
    """Where to download a file that is not too big."""
    file = world.files.by_id.get(params.string("file_id"))
    if file is None:
        raise bad("wrong file_id or the file is temporarily unavailable", blame=False)
    if file.size > DOWNLOAD:
        raise bad("file is too big", blame=False)
    return {**file.json(), "file_path": file.path}
