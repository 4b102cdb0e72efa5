"""Words that are not ideas: signs, slips, and what carries nothing."""

from core.text import listed

# Emoji, and Slack's names for them, as the words they say.
_SAID_BY_SIGNS = {
    "hello": "👋 🙋 wave wave2",
    "thanks": (
        "👍 🙏 🎉 ❤ 💯 🙌 👏 ✅ 👌 🥳 +1 thumbsup pray tada heart raised_hands clap 100 ok_hand "
        "white_check_mark"
    ),
    "help": "🆘 sos ❓ ❔ question",
    "sick": "🤒 🤧 🤢 face_with_thermometer sneezing_face",
    "vacation": "🏖 🌴 palm_tree",
    "blocked": "🚧 ⛔ construction no_entry",
    "board": "📋 clipboard",
    "status": "📊 bar_chart 📈",
    "spent": "💸",
    "kill": "☠ 💀 🪓",
    "": "🚀",
}
SIGNS = {sign: word for word, signs in _SAID_BY_SIGNS.items() for sign in signs.split()}
# Slips that are no neighbours of what was meant, and words of a chat.
SLIPS: dict[str, str] = {
    "teh": "the", "wat": "what", "waht": "what", "wen": "when", "whn": "when", "hw": "how",
    "pls": "please", "plz": "please", "u": "you", "halp": "help", "hlep": "help",
    "thnx": "thanks", "thks": "thanks", "y": "why", "bk": "back", "stat": "status",
    "sts": "status", "exprmnt": "experiment", "hv": "have", "r": "are", "wht": "what",
    "mgr": "manager", "didnt": "didn't", "cant": "can't", "wont": "won't", "isnt": "isn't",
    "doesnt": "doesn't", "arent": "aren't", "thats": "that's", "ive": "i've", "wanna": "want",
    "whens": "when", "wheres": "where", "hows": "how", "expts": "experiments",
    "expt": "experiment", "tho": "though", "gonna": "going", "lern": "learn", "wer's": "wer",
    "hwo": "how", "oh": "", "kil": "kill", "kll": "kill", "boad": "board", "hlp": "help",
    "extnd": "extend", "tmrw": "tomorrow", "tmr": "tomorrow", "vac": "vacation", "dasy": "days",
    "dayz": "days", "dys": "days", "weks": "weeks", "wek": "week", "houres": "hours",
    "lookin": "looking", "doin": "doing", "goin": "going", "sry": "sorry",
}  # fmt: skip
# Words that carry no idea; what is neither here nor an idea is a word from elsewhere.
FILLER = frozenset(
    listed(
        "a aber about above across actually after again against ago ahead ai aktuell all "
        "alles almost along already alright als also although always am among an and another "
        "ans any anything anyway app appreciate april are around as ask asking assay "
        "assistant at auch auf august aus be because been before bei beim being below beside "
        "between bis bist bit bitte bot both brief briefly bring but by call called came "
        "certain come comes coming d da dabei damit dann darf das data davon day days dazu "
        "dear december deine deinen dem den denen denn der dessen did die dies diese diesen "
        "dieser different dir do doch does dort down dran du during dürfen each eben "
        "eigentlich ein eine einem einen einmal either else end ends enough entire er erm es "
        "etwas euch euer euren even ever every everything exactly except far feature february "
        "few first folks for fortnight forward friday from further für ganz gerade gern gerne "
        "gestern "
        "gets getting given go gone got gotta gpt guess guys habe haben had haha halt happens "
        "has hat hatte have having he helpful her here herself heute hier himself hin hinter "
        "hm hmm hope hoping hour however hätte if ihm ihn ihnen ihr ihre ihren immer in info "
        "information ins instead into involved irgendwie is ist it it's its itself ja january "
        "jede jeden jeder jemals jetzt july june just kannst keep kept kind kindly know kurz "
        "kurze könnt last lately latest least less let let's lets letzte letzten like likely "
        "little ll lol los lot lots love m mach machen macht made make makes making mal many "
        "march mate mates pal buddy lads matter matters may maybe means meant meeting mehr meine "
        "might mind minute mit "
        "model models moechte moment monat monate monday month months more most much must "
        "möchte müssen nach nachdem nah near nearly neben nein next noch nochmal none nor "
        "nothing november now nur nächste nächsten ob october oder of off often old on once "
        "one ones only or other others otherwise ought own part particular past per percent "
        "perhaps please point product project pull put quarter question questions quick "
        "quickly quite rather raus re really recent recently rein remind right roughly "
        "ytd run till wo s said "
        "same saturday say saying says schnell schon schonmal search seem seems sehr sein "
        "seine seit selbst september service shall she should sich sie since sind so sollen "
        "sollst sollte sollten some something sondern sonst sorry sort sprint still stuff "
        "such sunday sure system t tage take takes taking than that that's the their theirs "
        "them themselves then there's these they thing things think this those though through "
        "thursday thus till to today together told tomorrow too toward towards try trying "
        "tuesday turn ugh uh um und under unless unter until upon usual usually usw various "
        "ve very via viel viele vielleicht vom von vor want war waren way wednesday week "
        "weeks weg weil weiter wem wen wenn went werden were wessen whatever whichever while "
        "whoever whole whom whose wird with within woche wochen wollen wollte wondering "
        "worden worth wurde wäre würde yeah year yep yes yesterday yet you you're your yours "
        "yourself zeit zu zum zur zwischen über überhaupt"
    )
)
