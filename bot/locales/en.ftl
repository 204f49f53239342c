### What the bot says itself in a chat, in English. CONTRIBUTING.md tells how to add a text or a
### language. Every file has the same messages with the same { $gaps }.

# The CLDR locale that numbers, dates and lists are written in.
locale = en-GB

## Greeting and help

welcome =
    On the Record answers questions about reported events with word-for-word quotations from news articles, and says who said it, where and when. It never makes up a sentence.

    Send a question in your own words.
# Goes after the greeting; a button for each example question is below it.
welcome-examples = For example:
help =
    Send a question, and I look for the sentences that answer it. What stands in a quotation is word for word what the article says; the title below leads to the source, the paragraph to a receipt that anybody can open.

    Reply to an answer to ask on: when? Or change your question soon after, and its answer changes. Forward me a message, and I look for what was reported on it.

    In a group, put /ask or my name before the question:
    /ask who denied involvement?
    Reply with /ask alone to somebody's message, and I look for what was reported on it.

    /status says what is being searched, /latest and /sources what there is; /article shows an article whole.
    If no sentence answers, I say so, and show the closest that I found, if any.
ask-how =
    Put the question after the command, like this:
    /ask who denied involvement?
    Or reply with /ask to a message, and I look for what was reported on it.
unknown-command = I do not know that command. /help says what I can do.
example-gone = The articles have changed since. /start shows fresh examples.
apology = Sorry, something went wrong on my side. It has been noted; please try again later.

## Menus: at most 256 characters each

menu-start = What this is, with examples
menu-ask = Ask a question: /ask who denied involvement?
menu-help = How to ask
menu-status = What is being searched
menu-reload = Read the articles afresh

## The bot's profile: at most 512 and 120 characters

description =
    Ask about reported events, and get word-for-word quotations from news articles: who said it, where and when, with a link to the source. Nothing is made up.

    In a group, put /ask before the question.
short-description = Answers questions about the news with word-for-word, cited quotations.

## Above and below an answer

# $notes: what was read into the question, one or more of the understood-… messages.
understood = Understood: { $notes }.
# Puts two of them, or more and one, side by side.
understood-two = { $one }; { $two }
understood-day = on { $day }
understood-days = from { $first } to { $last }
understood-since = since { $day }
understood-before = before { $day }
understood-newest_first = the newest first
# A name that was carried over from an earlier question.
understood-about = about { $name }
# A word that was taken for a misspelling of another.
understood-read_as = { $word } read as { $meant }
newest-match = Newest matching article: { $day }.

heading-closest = No sentence answers this. The closest that was found:
heading-related = No sentence answers this.
heading-nothing = Nothing found.

reason-empty_question = The question holds no word to search for.
reason-empty_corpus = There are no articles to search yet.
reason-no_articles_in_range = No article was published in the time that you ask about.
reason-unknown_words = No article has the words of the question.
reason-unknown_name = No passage that was found has the name that you ask about.
reason-no_statement_by_speaker = No article quotes the speaker that you ask about on this.
reason-no_such_detail = No sentence that was found has the number, date or act that you ask for.
reason-too_little_in_common = Too few of the question's words stand together in any sentence.

# $words: a list of quoted words, joined by "or".
words-unknown = No article has { $words }.
quoted-word = “{ $word }”

searched =
    { $articles ->
        [one] Searched { $articles } article.
       *[other] Searched { $articles } articles.
    }
searched-day =
    { $articles ->
        [one] Searched { $articles } article, { $day }.
       *[other] Searched { $articles } articles, { $day }.
    }
searched-days =
    { $articles ->
        [one] Searched { $articles } article, { $first } to { $last }.
       *[other] Searched { $articles } articles, { $first } to { $last }.
    }

## A quotation's source

side-claim = What is claimed
side-denial = What is denied
side-neither = Also on this

# Who says it, where the sentence itself does not name them.
speaker-inferred = { $speaker } (inferred)
# The line below a quotation.
speaker-line = — { $speaker }
untitled = Untitled
paragraph = paragraph { $number }
# Behind the paragraph: the text that is quoted is a feed's summary, the article itself is not known.
summary-only = summary only
# Puts two details of a source side by side: publisher, day, paragraph.
source-two = { $one }, { $two }
source = { $title }, { $details }
source-also = { $title }, { $details }; { $also }
also-in =
    { $articles ->
        [one] also in { $articles } article
       *[other] also in { $articles } articles
    }
# Behind the line before. $all counts the article that is cited, too; copies of one report are one source.
also-independent = { $also } ({ $all } articles, { $independent } independent)
# Of an article whose page has been corrected or updated since.
newer-version = This article has a newer version, of { $day }, with the id { $id }

## /status

status =
    Articles: { $articles }
    Passages: { $passages }
    Newest article: { $newest }
    Corpus version: { $version }
    Loaded: { $day }, { $time } UTC
status-not-dated = not dated

## /reload

reload-running = A reload is running already.
reload-reading = Reading the corpus …
reload-progress =
    { $stage ->
        [indexing] Indexing the articles: { $percent } %
       *[reading] Reading the corpus: { $percent } %
    }
# $reason is in English: it is also in the log.
reload-failed =
    The reload failed: { $reason }
    Nothing has changed; I still answer from version { $version }.
reload-done = Reloaded in { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s.
reload-added =
    { $articles ->
        [one] Added: { $articles } article
       *[other] Added: { $articles } articles
    }
reload-changed =
    { $articles ->
        [one] Changed: { $articles } article
       *[other] Changed: { $articles } articles
    }
reload-removed =
    { $articles ->
        [one] Removed: { $articles } article
       *[other] Removed: { $articles } articles
    }
# Lines of input that could not be read.
reload-unreadable = Refused: { $count }
# A title or a reason, below its heading.
reload-item = {"  "}{ $text }
reload-more = {"  "}and { $count } more
reload-same-version = Version: { $version }, as before
reload-new-version = Version: { $old } before, { $new } now

## Pages of an answer, and its buttons. A number after a word says which quotation is meant.

# Which of all quotations found are on this page.
page = { $first } to { $last } of { $all }
# An article has another text, or is gone, since the answer was given.
lost-changed = { $article }: the article has changed since, so what was found there is not shown.
lost-left = { $article }: the article has left the corpus since, so what was found there is not shown.
# Above the paragraphs around a quotation.
context = In its context
also-heading = The same sentence in other articles:
also-gone = No other article prints it to the letter any more.
list-page = Page { $page } of { $pages }

button-more = More ›
button-previous = ‹ Back
button-answer = ‹ Answer
button-receipt = ‹ Receipt
button-picked = • { $number } •
button-context = Context
button-context-of = Context { $number }
button-copy = Copy citation
button-copy-of = Copy citation { $number }
button-share = Share
button-share-of = Share { $number }
button-also =
    { $articles ->
        [one] Also in { $articles } article
       *[other] Also in { $articles } articles
    }
button-helpful = Helpful
button-not-helpful = Not helpful

# Shown for a moment when a button was pressed: at most 200 characters.
voted-helpful = Thank you. Noted as helpful.
voted-not-helpful = Thank you. Noted as not helpful.
answer-forgotten = I do not remember this answer any more. Please ask again.
not-at-the-moment = I cannot look that up at the moment. Please try again later.
article-changed = The article has changed since, so I do not show it in place of what was quoted.
article-left = The article has left the corpus since, so I cannot show it.

## The receipt of a quotation, which its permanent link opens

receipt-unchanged = Unchanged since { $day }
receipt-changed = The source changed on { $day }. This is what stood there:
receipt-changed-since = The source has changed since { $day }. This is what stood there:
receipt-left = The article left the corpus on { $day }. This is what stood there:
receipt-left-since = The article has left the corpus since { $day }. This is what stood there:
receipt-article = Article: { $id }
receipt-hash = SHA-256 of its text: { $hash }
receipt-place = Characters { $start } to { $end } of its text
receipt-cited = First quoted on { $day }
receipt-unknown = I do not know this link. It may be cut off, or older than my memory.

## /sources, /latest and /article

menu-sources = Who published the articles
menu-latest = The newest articles
menu-article = Read an article: /article and its id

no-articles = There are no articles to show yet.
sources-heading =
    { $publishers ->
        [one] { $publishers } publisher
       *[other] { $publishers } publishers
    }
sources-item =
    { $articles ->
        [one] { $publisher }: { $articles } article
       *[other] { $publisher }: { $articles } articles
    }
publisher-unknown = No publisher named
latest-heading = The newest articles
article-how =
    Put the id of an article after the command to read it, for example:
    /article { $id }
article-unknown = No article has the id { $id }. The nearest:
article-id = Id: { $id }
article-passages =
    { $passages ->
        [one] { $passages } passage
       *[other] { $passages } passages
    }
article-undated = not dated
article-reread = The article has changed since. Send /article and its id again to read it as it is now.

## Delivery

# More is asked than can be answered.
busy = I have more to do than I can manage at the moment. Please ask again in a minute.
# Questions waited while the bot was away.
late = I was away, and what was asked here meanwhile is too old to answer now. If you still want to know, please ask again.
too-slow = The search took too long, so I gave it up. Please try again, perhaps with fewer words.
# To the admins. $reason is in English: it is also in the log.
alarm-set-aside = Update { $update } could not be handled and was set aside. The reason: { $reason }. The log says more.
alarm-state = What is to be remembered cannot be written down: { $reason }. I go on from memory; what is waiting is lost if I am stopped now.
# Updates no longer come, or the program that brings them failed. $reason is in English.
alarm-polling = I no longer got any messages from Telegram ({ $reason }), and have started fetching them afresh. The log says more.
# $count: how often the program did not end in good order within the last hour, three or more.
alarm-crashes = I was started again after { $count } sudden ends within an hour. The log of each run may say why.
# The database could not be opened at the start. $reason is in English.
alarm-no-state = I started without my database: { $reason }. I answer, but remember nothing: no buttons, no follow-up questions, no counts.
# A reload that nobody asked for in a chat: by schedule, by a change of the folder. $reason is in English.
alarm-reload = The articles could not be read afresh: { $reason }. I still answer from those I have.
# A reload that nobody asked for would break golden questions. $questions are ids and questions.
alarm-golden = With the articles as they are now, golden questions would no longer be answered rightly ({ $count }): { $questions } I still answer from the articles I have. Send /reload to decide on it.
# A feed could not be fetched, or written. $reason is in English.
alarm-feed = A feed brings nothing: { $reason }
# At the start. $about is the name of a file or the id of an article.
alarm-undecided = A change of the articles ({ $about }) waited to be confirmed when I was stopped. It was taken back; nothing has changed.

## /privacy and /forget

menu-privacy = What I store about you
menu-forget = Delete what I store about you

# $questions is one of the next message's forms.
privacy =
    What I store, and for how long:

    • Of an answer: who asked, in which chat and when, in which language, and which sentences were shown, so that its buttons work and follow-up questions are understood. Also whether somebody found it helpful. All of it for { $days } days.
    • { $questions }
    • A message to me, until it is answered; then only its number remains, for { $updates } days, so that nothing is answered twice.
    • Of a chat: what was chosen there, such as the language, until you delete it.
    • Which sentences were cited, for good; not who asked for them.
    • How often something was asked or went wrong, as mere counts.

    Nothing is passed on. /forget deletes what is stored about you.
privacy-questions =
    { $kept ->
        [true] The texts of questions, for as long.
       *[false] No texts of questions.
    }
privacy-memory =
    I store nothing that outlasts a restart. Until then I know which sentences an answer showed, so that its buttons work.

    /forget deletes at once what I know of you.
forget-sure = Delete all that is stored about you? Buttons below your earlier answers will no longer work.
forget-yes = Delete
forget-no = Keep
forget-kept = Nothing was deleted.
forget-not-yours = This question is for somebody else. Send /forget yourself.
forget-anonymous = I cannot see who you are. Send /forget as yourself, not as the group or a channel.
forget-nothing = There is nothing to delete: nothing is stored.
forget-failed = It could not be deleted at the moment. Please try again later.
forgotten = Deleted:
forgotten-nothing = Nothing was stored about you.
forgotten-answers = Answers: { $count }
forgotten-feedback = Opinions of answers: { $count }
forgotten-questions = Texts of questions: { $count }
forgotten-chats = What was chosen in this chat: { $count }
forgotten-updates = Traces of messages: { $count }

## Asking, in private chats and in groups

# When the bot is added to a group. $name is its name with the @.
greeting =
    Hello! I answer questions about reported events with word-for-word quotations from news articles.

    Ask me with /ask, or by my name:
    /ask who denied involvement?
    { $name } who denied involvement?
    Reply to my answer to ask on. Reply with /ask alone to somebody's message, and I look for what was reported on it.

    I take no notice of what else is said here.
# Where there is nothing to look for in what was sent.
hint-words = I look for words. Send me a question, for example: who denied involvement?
hint-courtesy = Gladly. Ask me whenever you want to know what the articles report.
hint-link = I cannot open links. Send me what it says, or a question about it.
hint-file = I can only read words. Send me a question, or a picture or file with some words below it.
hint-claim = That message has no words that I could look for.
# Too many questions at once: said once, then nothing more is answered for so many seconds.
too-many =
    { $questions ->
        [one] That was too fast: I take { $questions } question a minute from one person.
       *[other] That was too fast: I take { $questions } questions a minute from one person.
    } { $seconds ->
        [one] Please go on in { $seconds } second; until then I do not answer.
       *[other] Please go on in { $seconds } seconds; until then I do not answer.
    }
too-many-in-chat =
    { $questions ->
        [one] That was too fast: I take { $questions } question a minute from all of you here.
       *[other] That was too fast: I take { $questions } questions a minute from all of you here.
    } { $seconds ->
        [one] Please go on in { $seconds } second; until then I do not answer.
       *[other] Please go on in { $seconds } seconds; until then I do not answer.
    }

## Asked inline, in any chat, and as a guest. What stands above the rows is at most 64 characters.

# A row to choose: who says it, or the title of the article, and the day.
inline-title = { $who } · { $day }
# The rows of a quotation that is passed on, when its article is not what it was.
inline-changed = The source has changed since
inline-left = The article has left the corpus since
# Above the rows. To press them leads to the private chat.
inline-how = Type a question behind my name
inline-closest = No sentence answers this. The closest:
inline-nothing = Nothing found. Ask me in our chat
inline-not-now = I cannot look that up at the moment
inline-too-many = That was too fast. Go on in { $seconds } s
# Below a posted quotation: leads to its receipt.
button-check = Check the quotation
# Below an answer as a guest: leads to the private chat, and asks the same.
button-more-in-private = More in a private chat

## /stats and /gaps: for admins, in their private chat

menu-stats = How much is asked, and how it ends
menu-gaps = Questions that found no answer

# $command: /stats or /gaps.
admin-only = { $command } is for the admins of this bot. Your numeric user id is { $user }.
admin-private = { $command } is for the admins of this bot, and I answer it in their private chat with me only.

stats-today = Today (UTC)
stats-week = The last 7 days
stats-questions = Questions: { $questions }
# How many ended how: indented, below the number of questions.
stats-ending-answered = {"  "}answered: { $count }
stats-ending-related = {"  "}only something related: { $count }
stats-ending-nothing = {"  "}nothing found: { $count }
stats-ending-too_slow = {"  "}given up, for it took too long: { $count }
stats-ending-too_many = {"  "}not answered, one asked too much: { $count }
stats-ending-late = {"  "}not answered, too old by then: { $count }
stats-ending-busy = {"  "}turned away, too much to do: { $count }
stats-ending-failed = {"  "}failed: { $count }
stats-latency = Time to answer: half within about { $median } s, 95 % within about { $p95 } s
# $languages: a list of codes of languages, each with a number.
stats-languages = Languages of those who asked: { $languages }
# A word or a code, and how often.
stats-counted = { $what } ({ $count })
stats-inline = Searches in other chats (inline): { $count }
stats-votes = Found helpful: { $helpful }, not helpful: { $other }
# $terms: a list of words, each with a number.
stats-terms = Most asked without an answer: { $terms }
stats-no-terms = No question of these days is without an answer.
stats-terms-off = Which words are asked without an answer is not known: questions are not kept. /gaps tells how they would be.
# $command installs it.
stats-no-plot = There would be a picture with this, but what draws it is not installed. Where the bot runs: { $command }
stats-plot =
    The last 7 days (UTC).
    Above: questions; from the bottom up those answered (green), with only something related (yellow), with nothing found (red), and the rest (grey).
    Below: within how many seconds half (dark) and 95 % (light) of the answers came.

gaps-heading =
    { $questions ->
        [one] { $questions } question found no answer.
       *[other] { $questions } questions found no answer. The newest first:
    }
gaps-item =
    { $day }, { $time } UTC, { $outcome ->
        [related] only something related
       *[nothing] nothing found
    }:
    { $question }
gaps-none = Every question that was kept found an answer, or nothing was asked yet.
# $setting is to be set where the bot runs.
gaps-off = Questions are not kept, so I cannot tell which ones found no answer. To keep the texts of questions from now on, set { $setting } and restart me; /privacy tells everybody of it.
gaps-exported =
    { $count ->
        [one] { $count } question without an answer, for a spreadsheet.
       *[other] { $count } questions without an answer, for a spreadsheet.
    }
button-export = As a file (CSV)

## Admins change the corpus: /reload, /rollback, /audit, /add, /remove, /restore

menu-rollback = Go back to an earlier version of the articles
menu-audit = What was done to the articles, and by whom
menu-add = Add an article: a document or a text
menu-remove = Take an article away: /remove and its id
menu-restore = Take an article back: /restore and its id

admin-anonymous = { $command } is for the admins of this bot, and I cannot see who you are. Send it as yourself, not as the group or a channel.
admins-press = This button is for the admins of this bot.
reload-how = /reload reads the articles afresh. /reload check says what that would change, and changes nothing.
check-done = Looked through in { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s. Nothing was changed; /reload would change this:
check-file = All that was found.
# The operator's judged questions: how many got a right answer before, and get one now.
golden-counts = Golden questions: { $asked }, answered rightly: { $before } before, { $after } now
golden-broken =
    { $questions ->
        [one] No longer answered rightly: { $questions } question
       *[other] No longer answered rightly: { $questions } questions
    }
# Below it: the questions, what changes, and two buttons.
offer-heading =
    { $questions ->
        [one] Nothing has changed yet: with the new articles, { $questions } golden question is no longer answered rightly. Put them in place all the same?
       *[other] Nothing has changed yet: with the new articles, { $questions } golden questions are no longer answered rightly. Put them in place all the same?
    }
offer-version = Version: { $old } now, { $new } if you confirm within the hour
offer-confirming = Putting the new articles in place …
offer-cancelled = Cancelled. I still answer from version { $version }.
offer-gone = This is no longer on offer: somebody decided, an hour has passed, another reload came after it, or I was started again. Send /reload once more.
button-confirm = Confirm
button-cancel = Cancel

rollback-heading = Versions that I can go back to:
# $time is in UTC.
rollback-item = { $version }, articles: { $articles }, { $day }, { $time } UTC
rollback-current = { $version }, articles: { $articles }, { $day }, { $time } UTC: in use
rollback-none = There is no other one.
rollback-begun = Going back to version { $version } …
button-rollback = Go back to { $version }

audit-heading = What was done to the articles, the newest first:
audit-none = Nothing has been noted yet.
audit-when = { $day }, { $time } UTC
audit-what =
    { $action ->
        [check] Check
        [confirm] Confirmation
        [cancel] Cancellation
        [rollback] Going back
        [add] Addition
        [remove] Removal
        [restore] Restoration
        [follow] Following another instance
       *[reload] Reload
    }: { $outcome ->
        [failed] failed
        [waiting] waits to be confirmed
        [cancelled] cancelled
        [checked] nothing changed
       *[loaded] in place
    }
# What made it happen, where that was no command.
audit-cause =
    { $cause ->
        [schedule] by schedule
        [folder] because the folder changed
        [signal] by a signal to the program
        [feed] because of a feed
        [instance] because another instance did
        [expiry] because nobody decided in time
        [restart] because the program had ended
       *[command] by a command
    }
audit-user = User { $user }, { $cause }
audit-version = Version: { $version }

add-how =
    What is to be added? Reply to this message with a document, or with a text: the title in its first line, the paragraphs below.

    Or send a document with /add below it, or reply to one with /add.
add-read =
    { $articles ->
        [one] { $articles } article was read. Add it?
       *[other] { $articles } articles were read. Add them?
    }
add-paragraphs =
    { $paragraphs ->
        [one] { $paragraphs } paragraph
       *[other] { $paragraphs } paragraphs
    }
# $id is the id of the first of them.
add-known =
    { $articles ->
        [one] Already there: { $articles } article with the same id, { $id }. To put the new one in its place, /remove the old one and give the new one another id.
       *[other] Already there: { $articles } articles with the same ids, the first is { $id }. To put the new ones in their place, /remove the old ones and give the new ones other ids.
    }
add-file = File: { $file }
add-link = I do not open links. Send me the document, or the text itself.
add-too-big = That is too big: Telegram lets me fetch 20 MB. Put it into the corpus folder, and send /reload.
add-lost = Telegram does not give me that document any more. Please send it again.
add-empty = That document is empty.
add-format = I cannot read that. I read: { $formats }
add-gone = This no longer waits to be added: somebody decided, or it is too old. Send it again with /add.
add-dropped = Nothing was added.
button-add = Add
folder-sample = I answer from the articles that came with the program. Set ONRECORD_CORPUS to a folder of your own, and its articles can be changed from here.
folder-file = The articles are in a single file, which I do not change. Set ONRECORD_CORPUS to a folder, and its articles can be changed from here.
folder-read-only = I may not write to the corpus folder, so I cannot change it.
# $reason is in English: it is also in the log.
folder-failed = The corpus folder could not be changed: { $reason }
remove-how = Put the id of the article after the command: /remove ID. /article and /latest show ids.
remove-unknown = No article has the id { $id }. /latest shows the ids.
remove-sure = Take this article away? Its file stays as it is; /restore takes the article back.
remove-gone = There is no such article any more.
remove-kept = Nothing was taken away.
button-remove = Take away
restore-how = These articles were taken away. To take one back, put its id after the command: /restore ID
restore-none = No article was taken away.
restore-unknown = No article with the id { $id } was taken away. /restore alone shows which were.
