### Was der Bot im Chat selbst sagt, auf Deutsch. Duzen, wie es in Telegram üblich ist.

locale = de

## Begrüßung und Hilfe

welcome =
    On the Record beantwortet Fragen zu Ereignissen aus den Nachrichten mit wörtlichen Zitaten aus Artikeln und sagt, von wem sie stammen, wo und wann sie erschienen sind. Erfunden wird dabei kein einziger Satz.

    Schick mir eine Frage in deinen eigenen Worten. Ich verstehe Fragen auf Englisch, denn englisch sind auch die Artikel.
welcome-examples = Zum Beispiel:
help =
    Schick mir eine Frage auf Englisch, und ich suche die Sätze, die sie beantworten. Was in einem Zitat steht, steht Wort für Wort so im Artikel; der Titel darunter führt zur Quelle, der Absatz zu einem Beleg, den jeder öffnen kann.

    Antworte auf eine Antwort, um weiterzufragen: when? Oder ändere deine Frage bald danach, dann ändert sich auch die Antwort. Leite mir eine Nachricht weiter, und ich suche, was darüber berichtet wurde.

    In einer Gruppe schreibst du /ask oder meinen Namen vor die Frage:
    /ask who denied involvement?
    Antworte nur mit /ask auf eine fremde Nachricht, und ich suche, was darüber berichtet wurde.

    /status sagt, was durchsucht wird, /latest und /sources, was es gibt; /article zeigt einen Artikel ganz.
    Wenn kein Satz die Frage beantwortet, sage ich das und zeige, was ihr am nächsten kommt, falls es so etwas gibt.
ask-how =
    Schreib die Frage hinter den Befehl, etwa so:
    /ask who denied involvement?
    Oder antworte mit /ask auf eine Nachricht, und ich suche, was darüber berichtet wurde.
unknown-command = Diesen Befehl kenne ich nicht. /help sagt, was ich kann.
example-gone = Die Artikel haben sich inzwischen geändert. /start zeigt neue Beispiele.
apology = Entschuldige, bei mir ist etwas schiefgegangen. Der Fehler ist vermerkt; bitte versuch es später noch einmal.

## Menüs: je höchstens 256 Zeichen

menu-start = Was das hier ist, mit Beispielen
menu-ask = Eine Frage stellen: /ask who denied involvement?
menu-help = Wie man fragt
menu-status = Was durchsucht wird
menu-reload = Die Artikel neu einlesen

## Das Profil des Bots: höchstens 512 und 120 Zeichen

description =
    Frag nach Ereignissen aus den Nachrichten und erhalte wörtliche Zitate aus Artikeln: wer es gesagt hat, wo und wann, mit Link zur Quelle. Nichts ist erfunden. Fragen bitte auf Englisch.

    In einer Gruppe schreibst du /ask vor die Frage.
short-description = Beantwortet Fragen zu den Nachrichten mit wörtlichen Zitaten samt Quelle.

## Über und unter einer Antwort

understood = Verstanden: { $notes }.
understood-two = { $one }; { $two }
understood-day = am { $day }
understood-days = vom { $first } bis zum { $last }
understood-since = seit dem { $day }
understood-before = vor dem { $day }
understood-newest_first = das Neueste zuerst
understood-about = über { $name }
understood-read_as = { $word } als { $meant } gelesen
newest-match = Neuester passender Artikel: { $day }.

heading-closest = Kein Satz beantwortet das. Am nächsten kommt:
heading-related = Kein Satz beantwortet das.
heading-nothing = Nichts gefunden.

reason-empty_question = Die Frage enthält kein Wort, nach dem sich suchen lässt.
reason-empty_corpus = Es gibt noch keine Artikel, die sich durchsuchen lassen.
reason-no_articles_in_range = In der Zeit, nach der du fragst, ist kein Artikel erschienen.
reason-unknown_words = Kein Artikel enthält die Wörter der Frage.
reason-unknown_name = In keiner gefundenen Stelle kommt der Name vor, nach dem du fragst.
reason-no_statement_by_speaker = Kein Artikel zitiert dazu die Person, nach deren Worten du fragst.
reason-no_such_detail = Kein gefundener Satz nennt die Zahl, das Datum oder die Tat, nach der du fragst.
reason-too_little_in_common = In keinem Satz stehen genug Wörter der Frage beisammen.

words-unknown = Kein Artikel enthält { $words }.
quoted-word = „{ $word }“

searched = { $articles } Artikel durchsucht.
searched-day = { $articles } Artikel durchsucht, { $day }.
searched-days = { $articles } Artikel durchsucht, { $first } bis { $last }.

## Die Quelle eines Zitats

side-claim = Was behauptet wird
side-denial = Was bestritten wird
side-neither = Außerdem dazu

speaker-inferred = { $speaker } (erschlossen)
speaker-line = — { $speaker }
untitled = Ohne Titel
paragraph = Absatz { $number }
summary-only = nur Zusammenfassung
source-two = { $one }, { $two }
source = { $title }, { $details }
source-also = { $title }, { $details }; { $also }
also-in =
    { $articles ->
        [one] auch in { $articles } weiteren Artikel
       *[other] auch in { $articles } weiteren Artikeln
    }
also-independent = { $also } ({ $all } Artikel, davon { $independent } unabhängig)
newer-version = Von diesem Artikel gibt es eine neuere Fassung vom { $day } mit der Kennung { $id }

## /status

status =
    Artikel: { $articles }
    Textstellen: { $passages }
    Neuester Artikel: { $newest }
    Stand der Sammlung: { $version }
    Geladen: { $day }, { $time } UTC
status-not-dated = ohne Datum

## /reload

reload-running = Es wird gerade schon neu geladen.
reload-reading = Die Artikel werden gelesen …
reload-progress =
    { $stage ->
        [indexing] Das Verzeichnis wird aufgebaut: { $percent } %
       *[reading] Die Artikel werden gelesen: { $percent } %
    }
reload-failed =
    Das Neuladen ist gescheitert: { $reason }
    Nichts hat sich geändert; ich antworte weiter aus dem Stand { $version }.
reload-done = In { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s neu geladen.
reload-added = Neu: { $articles } Artikel
reload-changed = Geändert: { $articles } Artikel
reload-removed = Entfernt: { $articles } Artikel
reload-unreadable = Nicht lesbar: { $count }
reload-item = {"  "}{ $text }
reload-more = {"  "}und { $count } weitere
reload-same-version = Stand: { $version }, wie zuvor
reload-new-version = Stand: vorher { $old }, jetzt { $new }

## Seiten einer Antwort und ihre Knöpfe. Eine Zahl hinter einem Wort sagt, welches Zitat gemeint ist.

page = { $first } bis { $last } von { $all }
lost-changed = { $article }: Der Artikel hat sich seitdem geändert; was dort gefunden wurde, wird nicht gezeigt.
lost-left = { $article }: Der Artikel ist seitdem aus der Sammlung verschwunden; was dort gefunden wurde, wird nicht gezeigt.
context = Im Zusammenhang
also-heading = Derselbe Satz in anderen Artikeln:
also-gone = Kein anderer Artikel enthält den Satz noch wörtlich.
list-page = Seite { $page } von { $pages }

button-more = Mehr ›
button-previous = ‹ Zurück
button-answer = ‹ Antwort
button-receipt = ‹ Beleg
button-picked = • { $number } •
button-context = Kontext
button-context-of = Kontext { $number }
button-copy = Quelle kopieren
button-copy-of = Quelle { $number } kopieren
button-share = Teilen
button-share-of = Teilen { $number }
button-also =
    { $articles ->
        [one] Auch in { $articles } Artikel
       *[other] Auch in { $articles } Artikeln
    }
button-helpful = Hilfreich
button-not-helpful = Nicht hilfreich

voted-helpful = Danke. Als hilfreich vermerkt.
voted-not-helpful = Danke. Als nicht hilfreich vermerkt.
answer-forgotten = An diese Antwort erinnere ich mich nicht mehr. Bitte frag noch einmal.
not-at-the-moment = Das kann ich gerade nicht nachsehen. Bitte versuch es später noch einmal.
article-changed = Der Artikel hat sich seitdem geändert; ich zeige ihn nicht an Stelle dessen, was zitiert wurde.
article-left = Der Artikel ist seitdem aus der Sammlung verschwunden; ich kann ihn nicht zeigen.

## Der Beleg eines Zitats, den sein dauerhafter Link öffnet

receipt-unchanged = Unverändert seit dem { $day }
receipt-changed = Die Quelle wurde am { $day } geändert. Dort stand:
receipt-changed-since = Die Quelle wurde seit dem { $day } geändert. Dort stand:
receipt-left = Der Artikel verschwand am { $day } aus der Sammlung. Dort stand:
receipt-left-since = Der Artikel ist seit dem { $day } aus der Sammlung verschwunden. Dort stand:
receipt-article = Artikel: { $id }
receipt-hash = SHA-256 seines Textes: { $hash }
receipt-place = Zeichen { $start } bis { $end } seines Textes
receipt-cited = Zuerst zitiert am { $day }
receipt-unknown = Diesen Link kenne ich nicht. Vielleicht ist er abgeschnitten oder älter als mein Gedächtnis.

## /sources, /latest und /article

menu-sources = Von wem die Artikel stammen
menu-latest = Die neuesten Artikel
menu-article = Einen Artikel lesen: /article und seine Kennung

no-articles = Es gibt noch keine Artikel zu zeigen.
sources-heading = { $publishers } Herausgeber
sources-item = { $publisher }: { $articles } Artikel
publisher-unknown = Ohne Angabe
latest-heading = Die neuesten Artikel
article-how =
    Um einen Artikel zu lesen, schreib seine Kennung hinter den Befehl, zum Beispiel:
    /article { $id }
article-unknown = Kein Artikel hat die Kennung { $id }. Die ähnlichsten:
article-id = Kennung: { $id }
article-passages =
    { $passages ->
        [one] { $passages } Textstelle
       *[other] { $passages } Textstellen
    }
article-undated = ohne Datum
article-reread = Der Artikel hat sich seitdem geändert. Schick noch einmal /article und seine Kennung, um ihn in der neuen Fassung zu lesen.

## Delivery

# More is asked than can be answered.
busy = Ich habe im Moment mehr zu tun, als ich schaffe. Bitte frag in einer Minute noch einmal.
# Questions waited while the bot was away.
late = Ich war nicht da, und was hier inzwischen gefragt wurde, ist für eine Antwort zu alt. Wenn du es noch wissen willst, frag bitte noch einmal.
too-slow = Die Suche hat zu lange gedauert, deshalb habe ich sie abgebrochen. Bitte versuch es noch einmal, vielleicht mit weniger Wörtern.
# To the admins. $reason is in English: it is also in the log.
alarm-set-aside = Update { $update } ließ sich nicht bearbeiten und wurde beiseitegelegt. Der Grund: { $reason }. Mehr steht im Protokoll.
alarm-state = Was zu merken ist, lässt sich nicht aufschreiben: { $reason }. Ich mache aus dem Gedächtnis weiter; was wartet, geht verloren, wenn ich jetzt beendet werde.
# Updates no longer come, or the program that brings them failed. $reason is in English.
alarm-polling = Von Telegram kamen keine Nachrichten mehr an ({ $reason }); ich habe das Abholen neu begonnen. Im Protokoll steht mehr.
# $count: how often the program did not end in good order within the last hour, three or more.
alarm-crashes = Ich bin nach { $count } plötzlichen Abbrüchen innerhalb einer Stunde neu gestartet worden. Der Grund steht vielleicht im Protokoll.
# The database could not be opened at the start. $reason is in English.
alarm-no-state = Ich bin ohne meine Datenbank gestartet: { $reason }. Ich antworte, merke mir aber nichts: keine Schaltflächen, keine Anschlussfragen, keine Zählung.
# A reload that nobody asked for in a chat: by schedule, by a change of the folder. $reason is in English.
alarm-reload = Die Artikel konnten nicht neu eingelesen werden: { $reason }. Ich antworte weiter aus denen, die ich habe.
# A reload that nobody asked for would break golden questions. $questions are ids and questions.
alarm-golden = Mit den Artikeln, wie sie jetzt sind, würden Prüffragen nicht mehr richtig beantwortet ({ $count }): { $questions } Ich antworte weiter aus denen, die ich habe. Mit /reload kann darüber entschieden werden.
# A feed could not be fetched, or written. $reason is in English.
alarm-feed = Ein Feed bringt nichts: { $reason }
# At the start. $about is the name of a file or the id of an article.
alarm-undecided = Eine Änderung der Artikel ({ $about }) wartete auf Bestätigung, als ich angehalten wurde. Sie wurde zurückgenommen; nichts hat sich geändert.

## /privacy and /forget

menu-privacy = Was ich über dich speichere
menu-forget = Löschen, was ich über dich speichere

# $questions is one of the next message's forms.
privacy =
    Was ich speichere, und wie lange:

    • Zu einer Antwort: wer gefragt hat, in welchem Chat und wann, in welcher Sprache, und welche Sätze gezeigt wurden, damit ihre Knöpfe funktionieren und Nachfragen verstanden werden. Auch, ob jemand sie hilfreich fand. Alles { $days } Tage lang.
    • { $questions }
    • Eine Nachricht an mich, bis sie beantwortet ist; danach bleibt { $updates } Tage lang nur ihre Nummer, damit nichts zweimal beantwortet wird.
    • Zu einem Chat: was dort gewählt wurde, etwa die Sprache, bis du es löschst.
    • Welche Sätze zitiert wurden, auf Dauer; nicht, wer nach ihnen gefragt hat.
    • Wie oft etwas gefragt wurde oder misslang, als bloße Zahl.

    Nichts wird weitergegeben. /forget löscht, was über dich gespeichert ist.
privacy-questions =
    { $kept ->
        [true] Die Texte von Fragen, ebenso lange.
       *[false] Keine Texte von Fragen.
    }
privacy-memory =
    Ich speichere nichts, was einen Neustart überdauert. Bis dahin weiß ich, welche Sätze eine Antwort gezeigt hat, damit ihre Knöpfe funktionieren.

    /forget löscht sofort, was ich von dir weiß.
forget-sure = Alles löschen, was über dich gespeichert ist? Die Knöpfe unter deinen bisherigen Antworten funktionieren dann nicht mehr.
forget-yes = Löschen
forget-no = Behalten
forget-kept = Es wurde nichts gelöscht.
forget-not-yours = Diese Frage gilt jemand anderem. Schick selbst /forget.
forget-anonymous = Ich sehe nicht, wer du bist. Schick /forget als du selbst, nicht als Gruppe oder Kanal.
forget-nothing = Es gibt nichts zu löschen: Es ist nichts gespeichert.
forget-failed = Das Löschen ging gerade nicht. Bitte versuch es später noch einmal.
forgotten = Gelöscht:
forgotten-nothing = Über dich war nichts gespeichert.
forgotten-answers = Antworten: { $count }
forgotten-feedback = Meinungen zu Antworten: { $count }
forgotten-questions = Texte von Fragen: { $count }
forgotten-chats = Was in diesem Chat gewählt wurde: { $count }
forgotten-updates = Spuren von Nachrichten: { $count }

## Fragen, im privaten Chat und in Gruppen

greeting =
    Hallo! Ich beantworte Fragen zu Ereignissen aus den Nachrichten mit wörtlichen Zitaten aus Artikeln. Fragen bitte auf Englisch.

    Frag mich mit /ask oder mit meinem Namen:
    /ask who denied involvement?
    { $name } who denied involvement?
    Antworte auf meine Antwort, um weiterzufragen. Antworte nur mit /ask auf eine fremde Nachricht, und ich suche, was darüber berichtet wurde.

    Was hier sonst gesagt wird, beachte ich nicht.
hint-words = Ich suche nach Wörtern. Schick mir eine Frage, zum Beispiel: who denied involvement?
hint-courtesy = Gern. Frag mich, wann immer du wissen willst, was in den Artikeln steht.
hint-link = Links kann ich nicht öffnen. Schick mir, was dort steht, oder eine Frage dazu.
hint-file = Ich kann nur Text lesen. Schick mir eine Frage, oder ein Bild oder eine Datei mit ein paar Worten darunter.
hint-claim = In dieser Nachricht stehen keine Wörter, nach denen ich suchen könnte.
too-many =
    { $questions ->
        [one] Das ging zu schnell: Von einer Person nehme ich { $questions } Frage pro Minute an.
       *[other] Das ging zu schnell: Von einer Person nehme ich { $questions } Fragen pro Minute an.
    } { $seconds ->
        [one] Mach bitte in { $seconds } Sekunde weiter; bis dahin antworte ich nicht.
       *[other] Mach bitte in { $seconds } Sekunden weiter; bis dahin antworte ich nicht.
    }
too-many-in-chat =
    { $questions ->
        [one] Das ging zu schnell: Von euch allen hier nehme ich zusammen { $questions } Frage pro Minute an.
       *[other] Das ging zu schnell: Von euch allen hier nehme ich zusammen { $questions } Fragen pro Minute an.
    } { $seconds ->
        [one] Macht bitte in { $seconds } Sekunde weiter; bis dahin antworte ich nicht.
       *[other] Macht bitte in { $seconds } Sekunden weiter; bis dahin antworte ich nicht.
    }

## Asked inline, in any chat, and as a guest. What stands above the rows is at most 64 characters.

inline-title = { $who } · { $day }
inline-changed = Die Quelle hat sich seither geändert
inline-left = Der Artikel ist seither nicht mehr dabei
inline-how = Schreib eine Frage hinter meinen Namen
inline-closest = Kein Satz beantwortet das. Am nächsten kommt:
inline-nothing = Nichts gefunden. Frag mich im privaten Chat
inline-not-now = Das kann ich gerade nicht nachsehen
inline-too-many = Das ging zu schnell. Weiter in { $seconds } s
button-check = Zitat prüfen
button-more-in-private = Mehr im privaten Chat

## /stats and /gaps: for admins, in their private chat

menu-stats = Wie viel gefragt wird, und wie es ausgeht
menu-gaps = Fragen ohne Antwort

# $command: /stats or /gaps.
admin-only = { $command } ist den Administratoren dieses Bots vorbehalten. Deine Benutzernummer ist { $user }.
admin-private = { $command } ist den Administratoren dieses Bots vorbehalten, und ich antworte darauf nur in ihrem privaten Chat mit mir.

stats-today = Heute (UTC)
stats-week = Die letzten 7 Tage
stats-questions = Fragen: { $questions }
# How many ended how: indented, below the number of questions.
stats-ending-answered = {"  "}beantwortet: { $count }
stats-ending-related = {"  "}nur Verwandtes: { $count }
stats-ending-nothing = {"  "}nichts gefunden: { $count }
stats-ending-too_slow = {"  "}aufgegeben, weil es zu lange dauerte: { $count }
stats-ending-too_many = {"  "}nicht beantwortet, weil zu viel gefragt wurde: { $count }
stats-ending-late = {"  "}nicht beantwortet, weil inzwischen zu alt: { $count }
stats-ending-busy = {"  "}abgewiesen, weil zu viel zu tun war: { $count }
stats-ending-failed = {"  "}fehlgeschlagen: { $count }
stats-latency = Zeit bis zur Antwort: die Hälfte in etwa { $median } s, 95 % in etwa { $p95 } s
# $languages: a list of codes of languages, each with a number.
stats-languages = Sprachen derer, die gefragt haben: { $languages }
# A word or a code, and how often.
stats-counted = { $what } ({ $count })
stats-inline = Suchen in anderen Chats (inline): { $count }
stats-votes = Hilfreich gefunden: { $helpful }, nicht hilfreich: { $other }
# $terms: a list of words, each with a number.
stats-terms = Am häufigsten ohne Antwort gefragt: { $terms }
stats-no-terms = Keine Frage dieser Tage blieb ohne Antwort.
stats-terms-off = Welche Wörter ohne Antwort gefragt werden, ist nicht bekannt: Fragen werden nicht aufbewahrt. /gaps sagt, wie es ginge.
# $command installs it.
stats-no-plot = Hierzu gäbe es ein Bild, aber was es zeichnet, ist nicht installiert. Dort, wo der Bot läuft: { $command }
stats-plot =
    Die letzten 7 Tage (UTC).
    Oben: Fragen; von unten nach oben die beantworteten (grün), die mit nur Verwandtem (gelb), die ohne Fund (rot) und die übrigen (grau).
    Unten: in wie vielen Sekunden die Hälfte (dunkel) und 95 % (hell) der Antworten da waren.

gaps-heading =
    { $questions ->
        [one] { $questions } Frage blieb ohne Antwort.
       *[other] { $questions } Fragen blieben ohne Antwort. Die neuesten zuerst:
    }
gaps-item =
    { $day }, { $time } UTC, { $outcome ->
        [related] nur Verwandtes
       *[nothing] nichts gefunden
    }:
    { $question }
gaps-none = Jede aufbewahrte Frage fand eine Antwort, oder es wurde noch nichts gefragt.
# $setting is to be set where the bot runs.
gaps-off = Fragen werden nicht aufbewahrt, daher weiß ich nicht, welche ohne Antwort blieben. Um ihre Texte von jetzt an aufzubewahren, setze { $setting } und starte mich neu; /privacy sagt es allen.
gaps-exported =
    { $count ->
        [one] { $count } Frage ohne Antwort, für eine Tabellenkalkulation.
       *[other] { $count } Fragen ohne Antwort, für eine Tabellenkalkulation.
    }
button-export = Als Datei (CSV)

## Admins verändern die Sammlung: /reload, /rollback, /audit, /add, /remove, /restore

menu-rollback = Zu einem früheren Stand der Artikel zurückkehren
menu-audit = Was mit den Artikeln gemacht wurde, und von wem
menu-add = Einen Artikel hinzufügen: ein Dokument oder einen Text
menu-remove = Einen Artikel wegnehmen: /remove und seine Kennung
menu-restore = Einen Artikel zurückholen: /restore und seine Kennung

admin-anonymous = { $command } ist den Admins dieses Bots vorbehalten, und ich sehe nicht, wer du bist. Schick es als du selbst, nicht als die Gruppe oder als ein Kanal.
admins-press = Dieser Knopf ist den Admins dieses Bots vorbehalten.
reload-how = /reload liest die Artikel neu ein. /reload check sagt, was sich dadurch ändern würde, und ändert nichts.
check-done = In { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) } s durchgesehen. Nichts wurde geändert; /reload würde das hier ändern:
check-file = Alles, was gefunden wurde.
golden-counts = Prüffragen: { $asked }, richtig beantwortet: vorher { $before }, jetzt { $after }
golden-broken =
    { $questions ->
        [one] Nicht mehr richtig beantwortet: { $questions } Frage
       *[other] Nicht mehr richtig beantwortet: { $questions } Fragen
    }
offer-heading =
    { $questions ->
        [one] Noch hat sich nichts geändert: Mit den neuen Artikeln wird { $questions } Prüffrage nicht mehr richtig beantwortet. Trotzdem übernehmen?
       *[other] Noch hat sich nichts geändert: Mit den neuen Artikeln werden { $questions } Prüffragen nicht mehr richtig beantwortet. Trotzdem übernehmen?
    }
offer-version = Stand: jetzt { $old }, nach einer Bestätigung binnen einer Stunde { $new }
offer-confirming = Die neuen Artikel werden übernommen …
offer-cancelled = Abgebrochen. Ich antworte weiter aus dem Stand { $version }.
offer-gone = Das steht nicht mehr zur Wahl: Jemand hat entschieden, eine Stunde ist um, ein anderes Neuladen kam danach, oder ich wurde neu gestartet. Schick noch einmal /reload.
button-confirm = Bestätigen
button-cancel = Abbrechen

rollback-heading = Stände, zu denen ich zurückkehren kann:
rollback-item = { $version }, Artikel: { $articles }, { $day }, { $time } UTC
rollback-current = { $version }, Artikel: { $articles }, { $day }, { $time } UTC: in Gebrauch
rollback-none = Einen anderen gibt es nicht.
rollback-begun = Zurück zum Stand { $version } …
button-rollback = Zurück zu { $version }

audit-heading = Was mit den Artikeln gemacht wurde, das Neueste zuerst:
audit-none = Es ist noch nichts vermerkt.
audit-when = { $day }, { $time } UTC
audit-what =
    { $action ->
        [check] Durchsicht
        [confirm] Bestätigung
        [cancel] Abbruch
        [rollback] Rückkehr
        [add] Hinzufügen
        [remove] Wegnehmen
        [restore] Zurückholen
        [follow] Einer anderen Instanz gefolgt
       *[reload] Neuladen
    }: { $outcome ->
        [failed] gescheitert
        [waiting] wartet auf Bestätigung
        [cancelled] abgebrochen
        [checked] nichts geändert
       *[loaded] übernommen
    }
audit-cause =
    { $cause ->
        [schedule] nach Zeitplan
        [folder] weil sich der Ordner änderte
        [signal] durch ein Signal an das Programm
        [feed] wegen eines Feeds
        [instance] weil eine andere Instanz es tat
        [expiry] weil niemand rechtzeitig entschied
        [restart] weil das Programm geendet hatte
       *[command] durch einen Befehl
    }
audit-user = Nutzer { $user }, { $cause }
audit-version = Stand: { $version }

add-how =
    Was soll hinzugefügt werden? Antworte auf diese Nachricht mit einem Dokument oder mit einem Text: in der ersten Zeile der Titel, darunter die Absätze.

    Oder schick ein Dokument mit /add darunter, oder antworte mit /add auf eines.
add-read =
    { $articles ->
        [one] { $articles } Artikel wurde gelesen. Hinzufügen?
       *[other] { $articles } Artikel wurden gelesen. Hinzufügen?
    }
add-paragraphs =
    { $paragraphs ->
        [one] { $paragraphs } Absatz
       *[other] { $paragraphs } Absätze
    }
add-known =
    { $articles ->
        [one] Schon vorhanden: { $articles } Artikel mit derselben Kennung, { $id }. Damit der neue an seine Stelle tritt, nimm den alten mit /remove weg und gib dem neuen eine andere Kennung.
       *[other] Schon vorhanden: { $articles } Artikel mit denselben Kennungen, die erste ist { $id }. Damit die neuen an ihre Stelle treten, nimm die alten mit /remove weg und gib den neuen andere Kennungen.
    }
add-file = Datei: { $file }
add-link = Links öffne ich nicht. Schick mir das Dokument oder den Text selbst.
add-too-big = Das ist zu groß: Telegram lässt mich 20 MB holen. Leg es in den Ordner der Artikel und schick /reload.
add-lost = Telegram gibt mir dieses Dokument nicht mehr. Bitte schick es noch einmal.
add-empty = Dieses Dokument ist leer.
add-format = Das kann ich nicht lesen. Ich lese: { $formats }
add-gone = Das wartet nicht mehr: Jemand hat entschieden, oder es ist zu alt. Schick es noch einmal mit /add.
add-dropped = Es wurde nichts hinzugefügt.
button-add = Hinzufügen
folder-sample = Ich antworte aus den Artikeln, die dem Programm beilagen. Setz ONRECORD_CORPUS auf einen eigenen Ordner, dann lassen sich dessen Artikel von hier aus verändern.
folder-file = Die Artikel sind in einer einzelnen Datei, die ich nicht verändere. Setz ONRECORD_CORPUS auf einen Ordner, dann lassen sich dessen Artikel von hier aus verändern.
folder-read-only = In den Ordner der Artikel darf ich nicht schreiben, also kann ich ihn nicht verändern.
folder-failed = Der Ordner der Artikel ließ sich nicht verändern: { $reason }
remove-how = Schreib die Kennung des Artikels hinter den Befehl: /remove KENNUNG. Die Kennungen zeigen /article und /latest.
remove-unknown = Kein Artikel hat die Kennung { $id }. Die Kennungen zeigt /latest.
remove-sure = Diesen Artikel wegnehmen? Seine Datei bleibt, wie sie ist; /restore holt ihn zurück.
remove-gone = Diesen Artikel gibt es nicht mehr.
remove-kept = Es wurde nichts weggenommen.
button-remove = Wegnehmen
restore-how = Diese Artikel wurden weggenommen. Um einen zurückzuholen, schreib seine Kennung hinter den Befehl: /restore KENNUNG
restore-none = Es wurde kein Artikel weggenommen.
restore-unknown = Ein Artikel mit der Kennung { $id } wurde nicht weggenommen. /restore allein zeigt, welche es sind.
