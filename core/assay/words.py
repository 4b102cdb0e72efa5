"""The words people use for what Assay can do: English and German, one idea a line.

An idea is what a rule of core/assay/intent asks for; a phrase counts before its single words do.
"""

from core.text import listed

IDEAS: dict[str, list[str]] = {
    "KILL": listed(
        "kill stop stopp stoppe stoppen abort cancel terminate abandon scrap axe discontinue "
        "bury nuke abbrechen abbreche abbrich beenden beende einstellen killen kille"
    ),
    "KILLED": listed(
        "killed stopped cancelled canceled dropped abandoned scrapped aborted kills gestoppt "
        "died dead axed binned graveyard abgebrochen eingestellt beendet gekillt gescheitert failed failures"
    ),
    "PROMOTE": listed(
        "promote ship deploy launch release rollout promoten befördern befördere ausrollen "
        "veröffentlichen productionize productionise"
    ),
    "PROMOTED": listed(
        "promoted shipped deployed launched released live production prod ausgerollt produktion "
        "promotions promotion wins succeeded successes"
    ),
    "DECIDED": listed("decided finished completed wrapped concluded abgeschlossen"),
    "EXTEND": listed(
        "extend extended extension extending prolong lengthen verlängern verlängere verlängerung "
        "verlaengern verlaengere"
    ),
    "UPDATE": listed(
        "update log record report enter submit trage eintragen notiere melde melden aktualisiere "
        "aktualisieren protokolliere"
    ),
    "RESULT": listed("result results ergebnis ergebnisse checkpoint number figure score outcome"),
    "NEW": listed(
        "new start create propose begin register fresh neues neu neue anlegen lege starte starten idea idee "
        "write draft"
    ),
    "EXPERIMENT": listed(
        "experiment experiments experimente experimenten hypothesis hypotheses hypothese versuch "
        "versuche exp exps ticket tickets runs"
    ),
    "MINE": listed("mine my meine meinen mein meiner meins"),
    "SELF": listed("i i'm im i've i'd i'll ich me mir mich myself bin"),
    "BOARD": listed("board kanban brett boards"),
    "STATUS": listed(
        "status state progress gist tldr headline summary overview risk risks health lage zwischenstand "
        "fortschritt überblick zusammenfassung stand track update updates news"
    ),
    "DOING": listed("doing going läuft laufen laeuft steht stehen looking happening up plan"),
    "RUNNING": listed("running active current currently ongoing laufende laufenden pipeline flight läuft laufen laeuft"),
    "HOW": listed("how wie hows"),
    "WHAT": listed("what whats was which welche welches welcher"),
    "WHY": listed("why warum wieso weshalb reason cause"),
    "LATE": listed(
        "late delayed delay delays slow overdue behind slipping verspätet spät spaet verzug "
        "verzögert verzögerung overrun slipped dauert"
    ),
    "LONG": listed("long longer lange länger laenger"),
    "WHEN": listed("when eta wann deadline timeline soon due date"),
    "DONE": listed(
        "ready done finish complete fertig bereit there over target goal hit reach deliver "
        "delivered ziel erreichen erreicht"
    ),
    "ACCURATE": listed(
        "accurate accuracy quality precise reliable genau genauigkeit qualität qualitaet "
        "zuverlässig precision"
    ),
    "MEASURE": listed("recall precision f1 auc bleu rouge wer cer loss rate rates latency score scores "
                      "metric metrics error errors hallucination hallucinations throughput numbers"),
    "ILL": listed("sick ill krank fever flu covid migraine fieber grippe unwell"),
    "BETTER": listed("better worse baseline beat beats besser schlechter improvement"),
    "GOOD": listed("good well performing gut performance correct"),
    "ADD": listed(
        "add adding support include including ergänzen ergaenzen hinzufügen hinzufuegen einbauen "
        "implement build unterstützen dazunehmen aufnehmen mitnehmen accommodate"
    ),
    "CAN": listed("can could would possible feasible conceivable doable realistic able können koennen könnten kann möglich will"),
    "BLOCKED": listed(
        "blocked stuck blocker blockers blockiert blockiere hängt haengt impediment impediments "
        "blocking feststecke feststeckt stecke stockt obstacles"
    ),
    "WAITING": listed("waiting wait warte warten wartet"),
    "WHO": listed("who whos wer anyone anybody somebody someone jemand everyone everybody alle"),
    "SPENT": listed(
        "spent spend spending ate eat eaten eats burn burned burnt cost costs budget compute ausgegeben verbraucht "
        "costing pricey expensive bill invoice credits kosten money consumed gekostet verbrauch"
    ),
    "GPU": listed("gpu gpus"),
    "USED": listed("used use usage hours genutzt stunden"),
    "DECIDE": listed(
        "decision decisions decide approve approval approvals entscheiden entscheidung "
        "verdict verdicts attention ruling judge entscheidungen entscheide sign pending freigabe freigaben"
    ),
    "NEED": listed("need needs needed brauchst braucht brauchen require waits waiting muss soll"),
    "LEARNED": listed(
        "learned learnt learn learning learnings lessons insights gelernt gelernten erkenntnisse "
        "takeaways findings"
    ),
    "AWAY": listed(
        "away ooo holiday holidays vacation sick ill krank urlaub abwesend pto unwell ferien absent "
        "krankgemeldet fever flu covid migraine fieber grippe dentist zahnarzt travelling traveling"
    ),
    "BACK": listed("back zurück zurueck wieder returned"),
    "HELP": listed("help hilfe guide tutorial instructions commands command menu manual befehle anleitung usage confused"),
    "THANKS": listed(
        "thanks thank thx ty danke dankeschön cheers great perfect awesome nice cool super prima "
        "merci gracias ok okay k brilliant excellent wonderful appreciated legend klasse perfekt passt spitze lovely sweet gotcha understood tnx"
    ),
    "HELLO": listed(
        "hello hi hey moin hallo servus morning hola greetings yo hiya howdy heya tag morgen abend "
        "evening afternoon grüezi grüß"
    ),
    "SHOW": listed(
        "show see display list give tell open zeig zeige zeigen get view look find gib card details"
    ),
    "NOT": listed("not don't dont never no nicht kein keine niemals nie ohne without doesn't isn't "
                  "shouldn't cannot can't won't didn't wasn't"),
    "GRASP": listed("understand verstehe verstehen get"),
    "TEAM": listed("team we our us wir uns unser unsere"),
}  # fmt: skip

PHRASES: dict[str, str] = {
    "how come": "WHY",
    "taking so long": "LATE LONG",
    "hold up": "BLOCKED LATE",
    "hold-up": "BLOCKED LATE",
    "keeping it": "LATE",
    "over its time box": "LATE",
    "over its box": "LATE",
    "over the box": "LATE",
    "over time": "LATE",
    "past its": "LATE",
    "past due": "LATE",
    "out of its misery": "KILL",
    "call it quits": "KILL",
    "call it a day": "KILL",
    "give up on": "KILL",
    "put down": "KILL",
    "throw away": "KILL",
    "throw it away": "KILL",
    "shut it down": "KILL",
    "didn't make it": "KILLED",
    "did not make it": "KILLED",
    "not make it": "KILLED",
    "gave up on": "KILLED",
    "threw away": "KILLED",
    "got the axe": "KILLED",
    "didn't work": "KILLED",
    "did not work": "KILLED",
    "made it": "PROMOTED",
    "worked out": "PROMOTED",
    "went live": "PROMOTED",
    "also do": "ADD",
    "make room for": "ADD",
    "find room for": "ADD",
    "take on": "ADD",
    "hard would it be": "CAN ADD",
    "would it take to": "CAN ADD",
    "with the board": "",
    "board meeting": "",
    "board of directors": "",
    "how many more days": "WHEN",
    "how many days": "WHEN",
    "how many more weeks": "WHEN",
    "how many weeks": "WHEN",
    "how soon": "WHEN",
    "by when": "WHEN",
    "bis wann": "WHEN",
    "how often": "HOW ACCURATE",
    "where we stand": "ONTRACK",
    "where do we stand": "ONTRACK",
    "where are we": "ONTRACK",
    "wie stehen wir": "ONTRACK",
    "wo stehen wir": "ONTRACK",
    "are we good": "ONTRACK",
    "are we ok": "ONTRACK",
    "are we okay": "ONTRACK",
    "in good shape": "ONTRACK",
    "grünen bereich": "ONTRACK",
    "pulse check": "ONTRACK",
    "should i know": "STATUS",
    "what changed": "STATUS",
    "what's new": "STATUS",
    "whats new": "STATUS",
    "was gibt's neues": "STATUS",
    "was gibt es neues": "STATUS",
    "too long didn't read": "STATUS",
    "in flight": "RUNNING",
    "in progress": "RUNNING",
    "im gange": "RUNNING",
    "doing what": "WORKING WHO",
    "up to": "DOING",
    "who owns": "WHO",
    "am i on": "OWN",
    "i'm on": "OWN",
    "do i own": "OWN",
    "i own": "OWN",
    "do i have": "OWN",
    "on my list": "OWN",
    "my stuff": "OWN",
    "my work": "OWN",
    "my tasks": "OWN",
    "my things": "OWN",
    "my todo": "OWN",
    "my todos": "OWN",
    "am i running": "OWN",
    "am i doing": "OWN",
    "on my desk": "DECIDE",
    "anything for me": "DECIDE",
    "won't be in": "AWAY",
    "not be in": "AWAY",
    "won't make it": "AWAY",
    "can't make it": "AWAY",
    "not gonna make": "AWAY",
    "not going to make": "AWAY",
    "won't be there": "AWAY",
    "not available": "AWAY",
    "sick day": "AWAY ILL",
    "back at work": "BACKNOW",
    "you rock": "THANKS",
    "the best": "",
    "appreciate it": "THANKS",
    "you're the best": "THANKS",
    "what can i type": "HELP",
    "wie geht das": "HELP",
    "cluster is down": "BLOCKED",
    "server is down": "BLOCKED",
    "need help with": "BLOCKED HELP",
    "who needs help": "WHO BLOCKED",
    "assigned to me": "OWN",
    "belong to me": "OWN",
    "my name": "OWN",
    "set up": "NEW",
    "open a ticket": "NEW EXPERIMENT",
    "open an experiment": "NEW EXPERIMENT",
    "fresh one": "NEW EXPERIMENT",
    "new one": "NEWER",
    "want to try": "IDEA",
    "wanna try": "IDEA",
    "like to try": "IDEA",
    "möchte ausprobieren": "IDEA",
    "fit in": "ADD",
    "squeeze in": "ADD",
    "throw in": "ADD",
    "as well": "ADD",
    "was due": "LATE",
    "were due": "LATE",
    "my call": "DECIDE",
    "my decision": "DECIDE",
    "my approval": "DECIDE",
    "waiting on me": "DECIDE",
    "waiting on my": "DECIDE",
    "cannot do anything": "BLOCKED",
    "can't do anything": "BLOCKED",
    "can't work": "BLOCKED",
    "cannot work": "BLOCKED",
    "can't get": "BLOCKED",
    "can't access": "BLOCKED",
    "without labels": "BLOCKED",
    "without data": "BLOCKED",
    "no labels": "BLOCKED",
    "at my desk": "BACKNOW",
    "feeling better": "BACKNOW",
    "for duty": "BACKNOW",
    "here again": "BACKNOW",
    "working again": "BACKNOW",
    "wieder hier": "BACKNOW",
    "wieder fit": "BACKNOW",
    "wieder gesund": "BACKNOW",
    "wieder im büro": "BACKNOW",
    "is over": "OVER",
    "ist vorbei": "OVER",
    "write here": "HELP",
    "must i write": "HELP",
    "should i write": "HELP",
    "do i write": "HELP",
    "to write here": "HELP",
    "go live": "PROMOTE",
    "take live": "PROMOTE",
    "roll out": "PROMOTE",
    "put into production": "PROMOTE",
    "to production": "PROMOTE",
    "in produktion": "PROMOTE",
    "shut down": "KILL",
    "pull the plug": "KILL",
    "call off": "KILL",
    "get rid of": "KILL",
    "more time": "EXTEND",
    "more days": "EXTEND",
    "more day": "EXTEND",
    "more weeks": "EXTEND",
    "more week": "EXTEND",
    "days more": "EXTEND",
    "mehr zeit": "EXTEND",
    "tage mehr": "EXTEND",
    "weitere tage": "EXTEND",
    "out of office": "AWAY",
    "off today": "AWAY",
    "off tomorrow": "AWAY",
    "off on": "AWAY",
    "off until": "AWAY",
    "i'm off": "AWAY",
    "am off": "AWAY",
    "be off": "AWAY",
    "on leave": "AWAY",
    "the doctor": "AWAY",
    "beim arzt": "AWAY",
    "bin weg": "AWAY",
    "habe frei": "AWAY",
    "day off": "AWAY",
    "days off": "AWAY",
    "not in today": "AWAY",
    "not feeling well": "AWAY",
    "nicht da": "AWAY",
    "call in sick": "AWAY",
    "trade off": "",
    "out sick": "AWAY",
    "i'm out": "AWAY",
    "im out": "AWAY",
    "i am out": "AWAY",
    "be out": "AWAY",
    "bin raus": "AWAY",
    "wieder da": "BACK",
    "who are you": "HELP",
    "what are you": "HELP",
    "wer bist du": "HELP",
    "can you do": "HELP",
    "you can do": "HELP",
    "do you do": "HELP",
    "can i ask": "HELP",
    "can i do": "HELP",
    "how does this work": "HELP",
    "how this works": "HELP",
    "how it works": "HELP",
    "how do you work": "HELP",
    "get started": "HELP",
    "working on": "WORKING",
    "work on": "WORKING",
    "arbeite ich": "WORKING",
    "on my plate": "OWN",
    "what's up": "HELLO",
    "whats up": "HELLO",
    "guten morgen": "HELLO",
    "guten tag": "HELLO",
    "good morning": "HELLO",
    "good evening": "HELLO",
    "no access": "BLOCKED",
    "kein zugriff": "BLOCKED",
    "keinen zugriff": "BLOCKED",
    "nicht weiter": "BLOCKED",
    "can't continue": "BLOCKED",
    "cannot continue": "BLOCKED",
    "held up": "BLOCKED",
    "holding up": "BLOCKED",
    "waiting for": "WAITING",
    "waiting on": "WAITING",
    "waits for me": "DECIDE",
    "waiting for me": "DECIDE WAITING",
    "waiting for my": "DECIDE",
    "need from me": "DECIDE",
    "from me": "DECIDE",
    "von mir": "DECIDE",
    "sign off": "DECIDE",
    "on track": "ONTRACK",
    "im plan": "ONTRACK",
    "on schedule": "ONTRACK",
    "up to date": "",
    "time box": "BOX",
    "over their box": "LATE",
    "well done": "THANKS",
    "got it": "THANKS",
    "good job": "THANKS",
    "much appreciated": "THANKS",
    "vielen dank": "THANKS",
    "no longer": "",
    "any more": "",
    "no more": "",
    "never mind": "NEVERMIND",
    "thank god": "",
    "right now": "NOW",
    "so far": "NOW",
    "good news": "STATUS",
    "what if": "",
    "worked on": "",
    "how much longer": "WHEN",
    "how long until": "WHEN",
    "how long will": "WHEN",
    "how far": "STATUS",
}

SIGNS: dict[str, str] = {
    "👋": "hello", "🙋": "hello", "wave": "hello", "wave2": "hello",
    "👍": "thanks", "🙏": "thanks", "🎉": "thanks", "❤": "thanks", "💯": "thanks", "🙌": "thanks",
    "👏": "thanks", "✅": "thanks", "👌": "thanks", "🥳": "thanks",
    "+1": "thanks", "thumbsup": "thanks", "pray": "thanks", "tada": "thanks", "heart": "thanks",
    "raised_hands": "thanks", "clap": "thanks", "100": "thanks", "ok_hand": "thanks",
    "white_check_mark": "thanks",
    "🆘": "help", "sos": "help", "❓": "help", "❔": "help", "question": "help",
    "🤒": "sick", "🤧": "sick", "🤢": "sick", "🏖": "vacation", "🌴": "vacation",
    "face_with_thermometer": "sick", "palm_tree": "vacation", "sneezing_face": "sick",
    "🚧": "blocked", "⛔": "blocked", "construction": "blocked", "no_entry": "blocked",
    "📋": "board", "clipboard": "board", "📊": "status", "bar_chart": "status", "💸": "spent",
    "📈": "status", "☠": "kill", "💀": "kill", "🪓": "kill", "🚀": "",
}  # fmt: skip

# Slips that are no neighbours of what was meant, and words of a chat.
SLIPS: dict[str, str] = {
    "teh": "the", "wat": "what", "waht": "what", "wen": "when", "whn": "when", "hw": "how",
    "pls": "please", "plz": "please", "u": "you", "halp": "help", "hlep": "help", "thnx": "thanks",
    "thks": "thanks", "wo": "who", "y": "why", "bk": "back", "stat": "status", "sts": "status",
    "exprmnt": "experiment", "hv": "have", "r": "are", "wht": "what", "mgr": "manager",
    "didnt": "didn't", "cant": "can't", "wont": "won't", "isnt": "isn't", "doesnt": "doesn't",
    "arent": "aren't", "thats": "that's", "ive": "i've", "wanna": "want", "whens": "when",
    "wheres": "where", "hows": "how", "expts": "experiments", "expt": "experiment",
    "tho": "though", "wanna": "want", "gonna": "going", "lern": "learn", "wer's": "wer",
    "hwo": "how", "oh": "", "kil": "kill", "kll": "kill", "boad": "board", "hlp": "help",
    "extnd": "extend", "tmrw": "tomorrow", "tmr": "tomorrow", "vac": "vacation",
}  # fmt: skip

# Words that carry no idea; what is neither here nor above is a word from elsewhere.
FILLER = frozenset(listed(
    "above across after again against ago ahead almost along although always among anyway around "
    "away because before begin behind being below beside both bring brief briefly call called came "
    "certain come comes coming different done down during each either else end ends enough "
    "entire even ever every except far few first forward further gets getting going gone gotta "
    "had happens having help helpful herself himself however instead into involved itself keep kept "
    "kind last least less likely little look made make makes making many matter matters means might "
    "mind most must my myself near nearly need next none nor nothing off often old on once only "
    "other others otherwise own part particular pull put quite rather remind said same say saying "
    "says see seem seems sort soon sorry such sure take takes taking tell than their theirs them "
    "themselves though through thus together told too toward towards try trying turn under unless "
    "upon us use usual usually various via way well went whatever whichever while whoever whole "
    "whom whose why within without yeah yep yes yours yourself nah lol haha um uh hm hmm erm ugh "
    "alright cool okay appreciate kindly roughly exactly wondering meeting right bit "
    "aber als am ans auch aus bei beim bis bist da dabei damit dann darf deine deinen dem "
    "denen dessen dies doch dran dürfen euch euer euren hatte hätte hinter ihm ihn ihnen ihre ihren "
    "immer ins irgendwie ja jede jeden jeder jemals kannst können könnt könnten mach machen macht "
    "mehr mein meine muss müssen nach nachdem neben nein nur ob ohne schnell sein seine seit "
    "selbst sich sie soll sollen sollte sollten sondern sonst sollst über um unter usw vielleicht "
    "vor wäre waren war was weil weiter wem wen wenn wessen will wollen worden würde wurde zeit "
    "zwischen einmal ganz halt eben eigentlich überhaupt schonmal kurz kurze "
    "a an the it its it's this that that's these those thing things we you they us our your he she "
    "to in at on by be been being of and or so now today yesterday tomorrow currently please bitte "
    "know is are am was were do does did have has had get got there here for from with about "
    "all any anything some something more much many few lot lots very really just only also too "
    "still yet already then than as if but let lets let's make go s re ll d m ve t me one ones "
    "assay bot dear there's you're there please maybe perhaps actually quick quickly week weeks "
    "month months day days year quarter sprint last past this next since monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september "
    "october november december morning until till between within per der die das den dem ein eine "
    "einen einem ist sind hat haben habe wird werden es er sie ihr du dir mal bitte noch schon "
    "jetzt heute gestern morgen woche wochen monat monate tag tage letzte letzten diese diesen "
    "dieser nächste nächsten in im am an auf zu zum zur von vom mit für und oder aber denn viel "
    "viele dazu davon alles etwas hier dort auch nur so sehr gerade aktuell right moment minute "
    "quickly thing stuff want like love would should shall might must ought having worth given "
    "wondering fresh register another ask asking question questions information info data point please guys folks team "
    "product model system app feature project models search assistant pipeline service there "
    "everything whole latest recent recently lately back at least kindly hope hoping think guess "
    "gpt ai nochmal gern gerne möchte moechte wollte will would percent hours hour"
))  # fmt: skip

# Near one of our words, and something else: never taken for a slip of it.
OTHERS = frozenset(listed(
    "lost most cost host post past paste test rest best state stake start stare store story sport "
    "bord bored hall halt hold held hell shell well will bill till pill skill spill where there "
    "these three then them they wine wind want went wait waste white while whole wholes lake "
    "later latter letter layer latency rate gate date data read ready road load lead led bread "
    "board broad abroad flight light night right might sight eight weather whether mother father "
    "other another clock black block blocks lock luck back pack bank book look cook took good "
    "food mood wood foot gold cold told sold label labels table able cable stable enable over "
    "even ever every never fever seven event think thing things thank tank rank bank thin this "
    "shop shape share shame sheep shift shirt short shipping shown shows how show snow slow flow "
    "blow grow crow low row now know knew new news view crew few many money honey monkey morning "
    "mourning evening meaning mine mind wine nine line fine fire file life like lunch launch bench "
    "branch brunch french report reports import export effort sort port part party cart card cards "
    "hard yard guard words work works worked worker world word sword lord learner earn turn burn "
    "born corn horn team steam stream tram trim train trains brain grain rain drain plain plan "
    "plane plant planet play player plate place lace lice rice price prize size side wide hide "
    "ride tide time times tile tiles title little bottle battle cattle kettle settle weekend "
    "wrong strong song long along belong among hello fellow yellow pillow follow hollow cheese "
    "chess cheap chef chief child children chill kids kid killer skills updates dates "
    "match matches watch catch batch patch attach reach teach beach speech peach each much such "
    "touch couch pouch which rich switch witch pitch ditch fish dish wish finished "
    "improve improved prove proved approved remove removed moved loved loss losses boss cross "
    "across dress press stress mess less lesson process progress success access address state "
    "spend speed seed seeds need feed deed weed week weak peak speak spoke smoke joke broke broken "
    "coffee office offer often oven open opens happen happy hurt hurts heart heard beard bird "
    "third shirt dirt first burst trust must dust just rust bust best vest nest nein klein mein "
    "dein sein bein kein fein wein allein stein scan span plan clan class glass grass pass mass"
))  # fmt: skip
