"""Turns of several words that stand for an idea, several ideas, or (under "") for none."""

IDIOMS: dict[str, str] = {
    "WORKING WHO": "doing what | everyone up to | everybody up to | people up to | team up to",
    "KILL ": "can be killed | should be killed | can be stopped | should be stopped | must go",
    "PROMOTE ": "can be promoted | should be promoted | can be shipped | should be shipped",
    "AWAY ": (
        "won't be around | not be around | can't come | be unavailable | won't be available | "
        "not working today | taking the day"
    ),
    "WHY": (
        "how come | it this time | what's the excuse | what "
        "happened | what went wrong | what's wrong | what is wrong | was ist los | what gives "
        "| how is it possible | woran liegt | wie kommt es | how can it be | what's the "
        "reason | for what reason"
    ),
    "LATE LONG": "taking so long",
    "BLOCKED LATE": "hold up | hold-up",
    "LATE": (
        "keeping it | over its time box | over its box | over the box | over time | past its "
        "| past due | was due | were due | over their box | behind schedule | behind plan | "
        "hinter dem plan | hinterher | running over | ran over | going over | over schedule | "
        "not done yet | still not done | still not finished | still not ready | still running "
        "| still going | noch nicht fertig | still alive | hinkt"
    ),
    "KILL": (
        "out of its misery | call it quits | call it a day | give up on | put down | throw "
        "away | throw it away | shut it down | shut down | pull the plug | call off | get rid "
        "of | wind down | wind it down | stop working on | cut our losses | turn it off | "
        "switch it off | put an end to | bin it | drop it | close it | close this | close exp "
        "| close experiment | close down | shutting down | pulling the plug | take down | "
        "throw out | toss out | kick out | clear out | no point in | not worth continuing | "
        "waste of time | weg damit | mach schluss mit | schluss mit | shouldn't continue | "
        "let it go | let it die"
    ),
    "KILLED": (
        "didn't make it | did not make it | not make it | gave up on | threw away | got the "
        "axe | didn't work | did not work | given up on | giving up on | thrown away | shut "
        "down last | called off | pulled the plug | got rid of | fell through | dead "
        "experiments | didn't pan out | didn't pay off | went nowhere | nicht funktioniert | "
        "schief gegangen | nicht geklappt | no longer running | got cut | were cut | dead "
        "ends"
    ),
    "PROMOTED": (
        "made it | worked out | went live | paid off | panned out | worked well | worked best "
        "| were successful | bore fruit | hat funktioniert | haben funktioniert | got through "
        "| in production now | hat geklappt"
    ),
    "ADD": (
        "also do | make room for | find room for | take on | fit in | squeeze in | throw in | "
        "as well | fit one more | take another | pick up | take it on | squeeze | dazu nehmen "
        "| mit aufnehmen | noch dazu | on top of | on board too | too as well | könnten wir "
        "noch | can we do | could we do"
    ),
    "CAN ADD": "hard would it be | would it take to",
    "LEARNED": (
        "get out of | got out of | come out of | came out of | have to show | show for it | "
        "take away | taken away | find out | found out | find anything | figure out | figured "
        "out | turned out | gained from | neue erkenntnisse | herausgefunden"
    ),
    "SPENT": (
        "burn through | burnt through | burned through | gone through | get through | what "
        "are we paying | money's worth | compute bill | compute budget"
    ),
    "WHO OWNER": "who owns | whose is | who runs | wem gehört | who leads",
    "": (
        "log off | logging off | log out | log in | reinforcement learning | machine learning | "
        "deep learning | learning rate | "
        "transfer learning | curriculum learning | contrastive learning | too late to | "
        "in charge of | with the board | board meeting | board of directors | the best | "
        "trade off | up to "
        "date | no longer | any more | no more | thank god | what if | worked on | take on "
        "board | on board | across the board | come on board | at the end | in the end | end "
        "of | by the end"
    ),
    "WHEN": (
        "how many more days | how many days | how many more weeks | how many weeks | how soon | "
        "by when | bis wann | how much longer | how long until | how long will"
    ),
    "HOW ACCURATE": (
        "how often | how good is | how good are | how well does | how well is | how well do | "
        "wie gut ist | wie gut sind | wie genau | how exact | how far off | how close are | "
        "how close is"
    ),
    "ONTRACK": (
        "where we stand | where do we stand | where are we | wie stehen wir | wo stehen wir | "
        "are we good | are we ok | are we okay | in good shape | grünen bereich | pulse check "
        "| on track | im plan | on schedule | all good | everything ok | everything okay | "
        "all okay | on time | in time | on plan | on target | auf kurs | im zeitplan | how "
        "we're doing | how are things | how is it going | how's it going | wie läuft es | wie "
        "läufts | wie geht es voran | where things stand | where things are | the big picture "
        "| red yellow or green | far off the target | off target | off track | in trouble | "
        "at risk | make the deadline | meet the deadline | schaffen wir | "
        "reach our goal | how far along"
    ),
    "STATUS": (
        "should i know | good or bad | one line | what changed | what's new | whats new |"
        " was gibt's neues | was gibt "
        "es  neues | too long didn't read | good news | how far | the latest | any news | any "
        "update | any updates | catch me up | bring me up | fill me in | get me up | in a "
        "nutshell | kurz und knapp | wie steht | stand der dinge | big picture | in one "
        "sentence | executive summary | bottom line | the word on"
    ),
    "RUNNING": "in flight | in progress | im gange",
    "DOING": "up to",
    "WHO": ("which people | what people | wer von euch"),
    "OWN": (
        "am i on | i'm on | do i own | i own | do i have | on my list | my stuff | my work | "
        "my tasks | my things | my todo | my todos | am i running | am i doing | assigned to "
        "me | belong to me | my name | on my plate | i'm working | assigned me | my plate | "
        "signed up | sign up | in charge | my list | for me today | my queue | on my "
        "side | should i do | must i do | i do next "
        "| i do today | i have to do | to do list | bei mir | für mich zu tun | muss ich "
        "machen | habe ich offen | meine aufgaben | i doing | in my queue | on my board | "
        "have on | i supposed to | my responsibilities | assigned to me | für mich | mein "
        "kram | my workload | my day | my week"
    ),
    "DECIDE": (
        "on my desk | mine to make | calls are mine | call to make | anything for me | "
        "my attention | needs attention | requires attention | my call | my decision | my "
        "approval | waiting on me | "
        "waiting on my | waits for me | waiting for my | need from me | from me | von mir | "
        "sign off | to decide | need my | needs my | my signature | need from us | expect "
        "from me | want from me | wanted from me | need me | needs me | me to decide | "
        "brauchst du von | wartet auf mich | auf mich wartet | my input | my sign-off | give "
        "the green light | green light | go-ahead | make a call | make the call | to be "
        "decided | zu entscheiden | entscheiden muss | up to me | for my ok | my okay | need "
        "my call | my verdict | my yes | my blessing"
    ),
    "AWAY": (
        "won't be in | not be in | won't make it | can't make it | not gonna make | not going "
        "to make | won't be there | not available | out of office | off today | off tomorrow "
        "| off on | off until | i'm off | am off | be off | on leave | the doctor | beim arzt "
        "| bin weg | habe frei | day off | days off | not in today | not feeling well | nicht "
        "da | call in sick | out sick | i'm out | im out | i am out | be out | bin raus | on "
        "holiday | on vacation | on pto | take off | taking off | have off | got off | back "
        "on | nicht im büro | nicht verfügbar | nicht erreichbar | not around | not online | "
        "offline today | calling in sick | under the weather | can't work today "
        "| doctor's appointment | doctors appointment | kind krank | home sick"
    ),
    "AWAY ILL": "sick day",
    "BACKNOW": (
        "back at work | at my desk | feeling better | for duty | here again | working again | "
        "wieder hier | wieder fit | wieder gesund | wieder im büro | back again | am back | "
        "i'm back | im back | back from | wieder an bord | wieder am start | wieder dabei | "
        "bin zurück | recovered | no longer sick | nicht mehr krank"
    ),
    "THANKS": (
        "you rock | appreciate it | you're the best | well done | got it | good job | much "
        "appreciated | vielen dank | that helped | that was helpful | you're a star | you are "
        "great | good bot | nice one | very helpful | much obliged | hab dank | that's all | "
        "works for me | sounds good | makes sense"
    ),
    "HELP": (
        "what can i type | wie geht das | write here | must i write | should i write | do i "
        "write | to write here | who are you | what are you | wer bist du | can you do | you "
        "can do | do you do | can i ask | can i do | how does this work | how this works | "
        "how it works | how do you work | get started | what can you | what you do | what do "
        "i type | what should i type | how do i use | how to use | was kannst du | was machst "
        "du | was kann ich | wie funktioniert | wie benutze ich | what are my options | how "
        "does it work | are you a | bist du ein | what is this bot | what are you for | "
        "explain yourself | introduce yourself | about yourself | what's this | i'm lost | im lost"
    ),
    "BLOCKED": (
        "cluster is down | server is down | cannot do anything | can't do anything | can't "
        "work | cannot work | can't get | can't access | without labels | without data | no "
        "labels | no access | kein zugriff | keinen zugriff | nicht weiter | can't continue | "
        "cannot continue | held up | holding up | is down | are down | run out of | ran out "
        "of | out of memory | can't move | can't proceed | cannot proceed | komme nicht "
        "weiter | hänge fest | stehe auf dem schlauch | cannot start | can't start | holding "
        "us | holding me | holding things | holding everything | in the way | what's stopping "
        "| who's stopping | komm nicht weiter | on fire | can't go on | cannot go on | need "
        "access | brauche zugriff | haven't delivered | hasn't delivered | haven't received | "
        "keeps crashing | keep crashing | kein fortschritt | kann nicht weiter | kann nicht "
        "arbeiten | won't let me | doesn't let me | geht nicht weiter | missing access | "
        "fehlt mir | fehlen mir | can't reach | gpu quota | out of gpu | no gpu"
    ),
    "BLOCKED HELP": "need help with",
    "WHO BLOCKED": "who needs help",
    "NEW": "set up",
    "NEW EXPERIMENT": (
        "open a ticket | open an experiment | fresh one | start something new | new idea | "
        "neue idee | neuen versuch | idea for an experiment | idea for experiment | write "
        "down an idea | ein neues experiment"
    ),
    "NEWER": "new one",
    "IDEA": (
        "want to try | wanna try | like to try | möchte ausprobieren | have an idea | got an "
        "idea | had an idea | here's an idea | habe eine idee | hab ne idee | hab eine idee | "
        "what if we try | what if we tried | let's try | we should try | we could try | test "
        "whether | try whether"
    ),
    "OVER": "is over | ist vorbei",
    "PROMOTE": (
        "go live | take live | roll out | put into production | to production | in produktion "
        "| make it live | bring it live | put it live | go to prod | to prod | into prod | "
        "ship it | freigabe für | nach produktion | live schalten | live stellen | live "
        "nehmen"
    ),
    "EXTEND": (
        "more time | more days | more day | more weeks | more week | days more | mehr zeit | "
        "tage mehr | weitere tage | longer for | more days for | a bit longer | bit more | "
        "länger laufen | noch zeit | push the deadline | move the deadline | deadline back | "
        "later deadline | extra time | extra days | extra day | extra week | another day | "
        "push it out | push it back | push back | push out | needs until | need "
        "until | will need until | braucht bis | brauche bis | not be finished by | give it "
        "until | keep it running | let it run | weiterlaufen lassen | make that"
    ),
    "BACK": "wieder da",
    "WORKING": "working on | work on | arbeite ich",
    "HELLO": (
        "what's up | alles klar | na du | whats up | guten morgen | guten tag | good morning | "
        "good evening"
    ),
    "WAITING": (
        "waiting for | waiting on | warte auf | wartet auf | hangs on | depends on | "
        "dependent on | held by"
    ),
    "DECIDE WAITING": "waiting for me",
    "BOX": "time box",
    "NEVERMIND": "never mind",
    "NOW": "right now | so far",
}
PHRASES = {phrase: idea for idea, said in IDIOMS.items() for phrase in said.split(" | ")}
