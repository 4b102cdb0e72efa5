// The usual emoji by their Slack short names; a name that is not here stays as it was typed.

const TABLE = `
smile=😄 smiley=😃 grinning=😀 grin=😁 joy=😂 slightly_smiling_face=🙂 wink=😉 blush=😊 thinking_face=🤔 neutral_face=😐
confused=😕 worried=😟 cry=😢 sob=😭 scream=😱 sweat_smile=😅 sunglasses=😎 heart_eyes=😍 tired_face=😫 sleeping=😴
face_with_thermometer=🤒 mask=😷 exploding_head=🤯 partying_face=🥳 skull=💀 ghost=👻 robot_face=🤖 +1=👍 thumbsup=👍
-1=👎 thumbsdown=👎 clap=👏 raised_hands=🙌 pray=🙏 muscle=💪 wave=👋 ok_hand=👌 point_right=👉 point_left=👈 point_up=👆
point_down=👇 raised_hand=✋ handshake=🤝 eyes=👀 brain=🧠 speech_balloon=💬 thought_balloon=💭 heart=❤️ green_heart=💚
blue_heart=💙 yellow_heart=💛 purple_heart=💜 broken_heart=💔 star=⭐ star2=🌟 sparkles=✨ zap=⚡ fire=🔥 boom=💥 tada=🎉
confetti_ball=🎊 balloon=🎈 trophy=🏆 medal=🏅 first_place_medal=🥇 dart=🎯 gift=🎁 100=💯 rocket=🚀 airplane=✈️
palm_tree=🌴 seedling=🌱 evergreen_tree=🌲 herb=🌿 leaves=🍃 sunny=☀️ partly_sunny=⛅ cloud=☁️ umbrella=☔
snowflake=❄️ snowman=⛄ rainbow=🌈 moon=🌔 earth_africa=🌍 ocean=🌊 white_check_mark=✅ heavy_check_mark=✔️
ballot_box_with_check=☑️ x=❌ heavy_multiplication_x=✖️ negative_squared_cross_mark=❎ warning=⚠️ exclamation=❗
heavy_exclamation_mark=❗ question=❓ grey_question=❔ no_entry=⛔ no_entry_sign=🚫 octagonal_sign=🛑 stop_sign=🛑
rotating_light=🚨 information_source=ℹ️ bell=🔔 no_bell=🔕 mega=📣 loudspeaker=📢 construction=🚧
vertical_traffic_light=🚦 traffic_light=🚥 large_green_circle=🟢 large_yellow_circle=🟡 large_orange_circle=🟠
red_circle=🔴 large_red_circle=🔴 large_blue_circle=🔵 large_purple_circle=🟣 white_circle=⚪ black_circle=⚫
large_green_square=🟩 large_yellow_square=🟨 large_red_square=🟥 white_large_square=⬜ black_large_square=⬛
small_blue_diamond=🔹 small_orange_diamond=🔸 large_blue_diamond=🔷 small_red_triangle=🔺 small_red_triangle_down=🔻
arrow_up=⬆️ arrow_down=⬇️ arrow_left=⬅️ arrow_right=➡️ arrow_upper_right=↗️ arrow_lower_right=↘️
arrows_counterclockwise=🔄 repeat=🔁 leftwards_arrow_with_hook=↩️ fast_forward=⏩ rewind=⏪ arrow_forward=▶️
pause_button=⏸️ double_vertical_bar=⏸️ stop_button=⏹️ heavy_plus_sign=➕ heavy_minus_sign=➖ infinity=♾️
recycle=♻️ link=🔗 one=1️⃣ two=2️⃣ three=3️⃣ four=4️⃣ five=5️⃣ zero=0️⃣ hash=#️⃣ abc=🔤 new=🆕 soon=🔜 top=🔝 up=🆙
cool=🆒 free=🆓 sos=🆘 zzz=💤 hourglass=⌛ hourglass_flowing_sand=⏳ alarm_clock=⏰ stopwatch=⏱️ timer_clock=⏲️
watch=⌚ clock9=🕘 clock10=🕙 clock4=🕓 calendar=📅 date=📅 spiral_calendar_pad=🗓️ sunrise=🌅 night_with_stars=🌃
chart_with_upwards_trend=📈 chart_with_downwards_trend=📉 bar_chart=📊 clipboard=📋 memo=📝 pencil=📝 pencil2=✏️
page_facing_up=📄 bookmark_tabs=📑 books=📚 book=📖 notebook=📓 newspaper=📰 label=🏷️ bookmark=🔖 pushpin=📌
round_pushpin=📍 paperclip=📎 card_index=📇 file_folder=📁 open_file_folder=📂 inbox_tray=📥 outbox_tray=📤 package=📦
email=✉️ envelope=✉️ mag=🔍 mag_right=🔎 bulb=💡 lock=🔒 unlock=🔓 key=🔑 scales=⚖️ balance_scale=⚖️
triangular_ruler=📐 straight_ruler=📏 computer=💻 desktop_computer=🖥️ floppy_disk=💾 cd=💿 battery=🔋 electric_plug=🔌
gear=⚙️ wrench=🔧 hammer=🔨 hammer_and_wrench=🛠️ nut_and_bolt=🔩 broom=🧹 bug=🐛 ant=🐜 snail=🐌 turtle=🐢 owl=🦉 dog=🐶
cat=🐱 unicorn_face=🦄 microscope=🔬 telescope=🔭 test_tube=🧪 alembic=⚗️ petri_dish=🧫 dna=🧬 satellite_antenna=📡
game_die=🎲 jigsaw=🧩 compass=🧭 world_map=🗺️ money_with_wings=💸 moneybag=💰 dollar=💵 euro=💶 coffee=☕ tea=🍵 beer=🍺
pizza=🍕 cake=🍰 cookie=🍪 ship=🚢 shipit=🐿️ anchor=⚓ house=🏠 hospital=🏥 checkered_flag=🏁 triangular_flag_on_post=🚩
white_flag=🏳️ coffin=⚰️ wastebasket=🗑️ headstone=🪦 ambulance=🚑 busts_in_silhouette=👥 bust_in_silhouette=👤
technologist=🧑‍💻 teacher=🧑‍🏫 scientist=🧑‍🔬 people_holding_hands=🧑‍🤝‍🧑 spock-hand=🖖 crossed_fingers=🤞
see_no_evil=🙈 face_with_monocle=🧐 nerd_face=🤓 relieved=😌 disappointed=😞 angry=😠 rage=😡 wrench_and_hammer=🛠️
`;

const EMOJI = new Map(TABLE.trim().split(/\s+/).map((pair) => {
  const cut = pair.indexOf("=", 1);
  return [pair.slice(0, cut), pair.slice(cut + 1)];
}));

/** Names offered first when someone reacts. */
export const QUICK = ["white_check_mark", "eyes", "raised_hands", "+1", "tada", "heart", "thinking_face", "rocket",
  "fire", "warning", "x", "question", "bulb", "hourglass_flowing_sand", "palm_tree", "face_with_thermometer"];

/** The character of a short name (skin tones are dropped), or null. */
export function emoji(name) {
  return EMOJI.get(name.split("::")[0]) ?? null;
}

/** Up to `limit` names that hold `part`, those that begin with it first. */
export function emojiNames(part, limit = 8) {
  const hits = [...EMOJI.keys()].filter((name) => name.includes(part));
  hits.sort((one, two) => Number(two.startsWith(part)) - Number(one.startsWith(part)));
  return hits.slice(0, limit);
}
