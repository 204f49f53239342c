"""Groups, supergroups and topics are as Telegram makes them."""

import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.standin import Chat, Message, Standin, User


@pytest.fixture(name="ann")
def _ann(standin: Standin) -> User:
    return standin.user(11, "Ann")


@pytest.fixture(name="desk")
def _desk(standin: Standin) -> Chat:
    """A supergroup that the bot is in."""
    return standin.group(-1001, "Desk")


async def test_privacy_mode(standin: Standin, ann: User, desk: Chat, bot: telegram.Bot) -> None:
    """The bot is given commands, mentions and replies to it; an admin bot is given everything."""
    await bot.send_message(desk.id, "hello")
    heard = ["/ask who?", "/ask@on_the_record_bot who?", "well, @On_The_Record_Bot?"]
    unheard = [
        "who?",
        "see /ask",
        "/ask@other_bot who?",
        "@other_bot who?",
        "mail a@on_the_record_bot",
    ]

    for text in heard:
        assert standin.say(ann, text, chat=desk).delivered, text
    for text in unheard:
        assert not standin.say(ann, text, chat=desk).delivered, text
    assert standin.say(ann, "and when?", chat=desk, reply_to=standin.sent(desk)[0]).delivered
    standin.promote(ann, desk)
    assert standin.say(ann, "who?", chat=desk).delivered

    assert len(await bot.get_updates()) == len(heard) + 3


async def test_privacy_mode_off(standin: Standin, ann: User, desk: Chat, bot: telegram.Bot) -> None:
    """Without privacy mode the bot is given all that is said, and says so."""
    standin.world.modes.privacy = False

    assert standin.say(ann, "who?", chat=desk).delivered
    assert (await bot.get_me()).can_read_all_group_messages


async def test_command_under_an_unseen_message(
    standin: Standin, ann: User, desk: Chat, bot: telegram.Bot
) -> None:
    """A command that replies to somebody's message brings that message, and the part quoted."""
    claim = standin.say(ann, "They denied it all", chat=desk)
    standin.say(ann, "/ask", chat=desk, reply_to=claim, quote="denied it")

    (update,) = await bot.get_updates()

    assert update.message
    assert update.message.reply_to_message
    assert update.message.reply_to_message.text == "They denied it all"
    assert update.message.quote
    assert (update.message.quote.text, update.message.quote.position) == ("denied it", 5)
    # Not a topic: the number of the first message stands for the chain of replies.
    assert update.message.message_thread_id == claim.id
    assert not update.message.is_topic_message


async def test_topics(standin: Standin, ann: User, desk: Chat, bot: telegram.Bot) -> None:
    """A message in a topic says so, and replies to the topic's first message if to nothing else."""
    thread = standin.topic(ann, desk, "Rates")
    standin.say(ann, "/ask who?", chat=desk, thread=thread)

    opened, asked = await bot.get_updates()
    assert opened.message
    assert opened.message.forum_topic_created
    assert opened.message.chat.is_forum
    assert asked.message
    await asked.message.reply_text("they", do_quote=False)

    assert asked.message.is_topic_message
    assert asked.message.message_thread_id == thread
    assert asked.message.reply_to_message
    assert asked.message.reply_to_message.forum_topic_created
    assert standin.sent(desk)[0].thread == thread


async def test_topics_that_are_closed_or_gone(
    standin: Standin, ann: User, desk: Chat, bot: telegram.Bot
) -> None:
    """Into a closed topic only an admin can write, and into none that isn't there."""
    thread = standin.topic(ann, desk, "Rates")
    standin.close_topic(desk, thread)
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(desk.id, "a", message_thread_id=thread)
    standin.promote(ann, desk)
    await bot.send_message(desk.id, "a", message_thread_id=thread)
    standin.drop_topic(desk, thread)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(desk.id, "a", message_thread_id=thread)


async def test_coming_and_going(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """The bot is told when it is added, promoted and thrown out, and can't write afterwards."""
    group = standin.group(-5, "Small", kind="group", joined=False)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(group.id, "a")
    standin.invite(ann, group)
    await bot.send_message(group.id, "hello")
    standin.promote(ann, group)
    standin.expel(ann, group)
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(group.id, "a")

    updates = await bot.get_updates()
    changes = [update.my_chat_member for update in updates if update.my_chat_member]
    assert [(each.old_chat_member.status, each.new_chat_member.status) for each in changes] == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "kicked"),
    ]
    messages = [update.message for update in updates if update.message]
    assert messages[0].new_chat_members[0].id == bot.id
    assert messages[1].left_chat_member


async def test_leaving(standin: Standin, desk: Chat, bot: telegram.Bot) -> None:
    """The bot may go by itself, and is no member then."""
    await bot.leave_chat(desk.id)

    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(desk.id, "a")


async def test_blocking(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """Somebody who blocks the bot gets nothing until the block is gone."""
    standin.say(ann, "hello")
    standin.block(ann)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ann.id, "a")
    standin.unblock(ann)
    await bot.send_message(ann.id, "b")

    changes = [each.my_chat_member for each in await bot.get_updates() if each.my_chat_member]
    assert [each.new_chat_member.status for each in changes] == ["kicked", "member"]


async def test_migration(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """A group that becomes a supergroup tells its new number, in messages and in refusals."""
    group = standin.group(-5, "Small", kind="group")
    standin.say(ann, "/ask who?", chat=group)
    new = standin.migrate(group, -1005)

    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "a")
    assert moved.value.new_chat_id == new.id
    await bot.send_message(new.id, "a")
    messages = [each.message for each in await bot.get_updates() if each.message]
    assert messages[1].migrate_to_chat_id == new.id
    assert messages[2].migrate_from_chat_id == group.id


async def test_muted(standin: Standin, desk: Chat, bot: telegram.Bot) -> None:
    """A bot that may not write in a group is told so."""
    desk.muted = True

    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(desk.id, "a")


async def test_writing_to_somebody_met_in_a_group(
    standin: Standin, ann: User, desk: Chat, bot: telegram.Bot
) -> None:
    """The bot can't begin a private chat."""
    standin.say(ann, "/ask who?", chat=desk)

    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(ann.id, "a")


async def test_members(standin: Standin, ann: User, bot: telegram.Bot) -> None:
    """Who is an admin of a group can be asked."""
    bob = standin.user(12, "Bob")
    desk = standin.group(-1001, "Desk", admins=[ann])

    assert (await bot.get_chat_member(desk.id, ann.id)).status == "administrator"
    assert (await bot.get_chat_member(desk.id, bob.id)).status == "member"
    assert [each.user.id for each in await bot.get_chat_administrators(desk.id)] == [ann.id]
    assert (await bot.get_chat(desk.id)).title == "Desk"


async def test_names_that_are_no_persons(
    standin: Standin, ann: User, desk: Chat, bot: telegram.Bot
) -> None:
    """Anonymous admins and channels speak in their own name."""
    news = standin.group(-1002, "News", kind="channel")
    standin.say_anonymously(desk, "/reload")
    standin.say_as(news, desk, "/ask who?")

    anonymous, channel = [update.message for update in await bot.get_updates()]

    assert anonymous
    assert anonymous.sender_chat == anonymous.chat
    assert channel
    assert channel.sender_chat
    assert channel.sender_chat.id == news.id


async def test_replies_are_counted(
    standin: Standin, ann: User, desk: Chat, bot: telegram.Bot
) -> None:
    """What got no reply and what got two is known, also where others talk."""
    one, two = (standin.say(ann, text) for text in ("one", "two"))
    none = standin.say(ann, "/ask three", chat=desk)
    standin.say(ann, "four", chat=desk)

    def reply(message: Message) -> telegram.ReplyParameters:
        return telegram.ReplyParameters(message.id)

    await bot.send_message(11, "a", reply_parameters=reply(one))
    for _ in range(2):
        await bot.send_message(11, "b", reply_parameters=reply(two))

    assert standin.lost() == [none]
    assert standin.doubled() == [two]
