"""Turns of several words that stand for an idea, several ideas, or (under "") for none."""

IDIOMS: dict[str, str] = {
    "WORKING WHO": "doing what | everyone up to | everybody up to | people up to | team up to",
    "KILL ": "can be killed | should be killed | can be stopped | should be stopped | must go",
    "PROMOTE ": "can be promoted | should be promoted | can be shipped | should be shipped",
    "AWAY ": (
        "won't be around | not be around | can't come | be unavailable | won't be available | "
        "not working today | taking the day"
    ),
    "WHY": "how come",
    "LATE LONG": "taking so long",
    "BLOCKED LATE": "hold up | hold-up",
    "LATE": (
        "keeping it | over its time box | over its box | over the box | over time | past its | "
        "past due | was due | were due | over their box"
    ),
    "KILL": (
        "out of its misery | call it quits | call it a day | give up on | put down | throw away "
        "| throw it away | shut it down | shut down | pull the plug | call off | get rid of"
    ),
    "KILLED": (
        "didn't make it | did not make it | not make it | gave up on | threw away | got the axe "
        "| didn't work | did not work"
    ),
    "PROMOTED": "made it | worked out | went live",
    "ADD": (
        "also do | make room for | find room for | take on | fit in | squeeze in | throw in | "
        "as well"
    ),
    "CAN ADD": "hard would it be | would it take to",
    "": (
        "with the board | board meeting | board of directors | the best | trade off | up to "
        "date | no longer | any more | no more | thank god | what if | worked on"
    ),
    "WHEN": (
        "how many more days | how many days | how many more weeks | how many weeks | how soon | "
        "by when | bis wann | how much longer | how long until | how long will"
    ),
    "HOW ACCURATE": "how often",
    "ONTRACK": (
        "where we stand | where do we stand | where are we | wie stehen wir | wo stehen wir | "
        "are we good | are we ok | are we okay | in good shape | grünen bereich | pulse check | "
        "on track | im plan | on schedule"
    ),
    "STATUS": (
        "should i know | what changed | what's new | whats new | was gibt's neues | was gibt es "
        "neues | too long didn't read | good news | how far"
    ),
    "RUNNING": "in flight | in progress | im gange",
    "DOING": "up to",
    "WHO": "who owns",
    "OWN": (
        "am i on | i'm on | do i own | i own | do i have | on my list | my stuff | my work | my "
        "tasks | my things | my todo | my todos | am i running | am i doing | assigned to me | "
        "belong to me | my name | on my plate"
    ),
    "DECIDE": (
        "on my desk | anything for me | my call | my decision | my approval | waiting on me | "
        "waiting on my | waits for me | waiting for my | need from me | from me | von mir | "
        "sign off"
    ),
    "AWAY": (
        "won't be in | not be in | won't make it | can't make it | not gonna make | not going "
        "to make | won't be there | not available | out of office | off today | off tomorrow | "
        "off on | off until | i'm off | am off | be off | on leave | the doctor | beim arzt | "
        "bin weg | habe frei | day off | days off | not in today | not feeling well | nicht da "
        "| call in sick | out sick | i'm out | im out | i am out | be out | bin raus"
    ),
    "AWAY ILL": "sick day",
    "BACKNOW": (
        "back at work | at my desk | feeling better | for duty | here again | working again | "
        "wieder hier | wieder fit | wieder gesund | wieder im büro"
    ),
    "THANKS": (
        "you rock | appreciate it | you're the best | well done | got it | good job | much "
        "appreciated | vielen dank"
    ),
    "HELP": (
        "what can i type | wie geht das | write here | must i write | should i write | do i "
        "write | to write here | who are you | what are you | wer bist du | can you do | you "
        "can do | do you do | can i ask | can i do | how does this work | how this works | how "
        "it works | how do you work | get started"
    ),
    "BLOCKED": (
        "cluster is down | server is down | cannot do anything | can't do anything | can't work "
        "| cannot work | can't get | can't access | without labels | without data | no labels | "
        "no access | kein zugriff | keinen zugriff | nicht weiter | can't continue | cannot "
        "continue | held up | holding up"
    ),
    "BLOCKED HELP": "need help with",
    "WHO BLOCKED": "who needs help",
    "NEW": "set up",
    "NEW EXPERIMENT": "open a ticket | open an experiment | fresh one",
    "NEWER": "new one",
    "IDEA": "want to try | wanna try | like to try | möchte ausprobieren",
    "OVER": "is over | ist vorbei",
    "PROMOTE": (
        "go live | take live | roll out | put into production | to production | in produktion"
    ),
    "EXTEND": (
        "more time | more days | more day | more weeks | more week | days more | mehr zeit | "
        "tage mehr | weitere tage"
    ),
    "BACK": "wieder da",
    "WORKING": "working on | work on | arbeite ich",
    "HELLO": "what's up | whats up | guten morgen | guten tag | good morning | good evening",
    "WAITING": "waiting for | waiting on",
    "DECIDE WAITING": "waiting for me",
    "BOX": "time box",
    "NEVERMIND": "never mind",
    "NOW": "right now | so far",
}
PHRASES = {phrase: idea for idea, said in IDIOMS.items() for phrase in said.split(" | ")}
