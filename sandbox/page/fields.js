// The state of interactive elements: initial values, changes, and when a change is sent to the app.

import { confirmDialog } from "./dialog.js";
import { store, zone } from "./state.js";

const INITIAL = {
  plain_text_input: (e) => ({ value: e.initial_value ?? null }),
  number_input: (e) => ({ value: e.initial_value ?? null }),
  email_text_input: (e) => ({ value: e.initial_value ?? null }),
  url_text_input: (e) => ({ value: e.initial_value ?? null }),
  rich_text_input: (e) => ({ rich_text_value: e.initial_value ?? null }),
  static_select: (e) => ({ selected_option: e.initial_option ?? null }),
  external_select: (e) => ({ selected_option: e.initial_option ?? null }),
  radio_buttons: (e) => ({ selected_option: e.initial_option ?? null }),
  multi_static_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  multi_external_select: (e) => ({ selected_options: e.initial_options ?? [] }),
  checkboxes: (e) => ({ selected_options: e.initial_options ?? [] }),
  users_select: (e) => ({ selected_user: e.initial_user ?? null }),
  multi_users_select: (e) => ({ selected_users: e.initial_users ?? [] }),
  conversations_select: (e) => ({ selected_conversation: e.initial_conversation ?? current(e) }),
  multi_conversations_select: (e) => ({ selected_conversations: e.initial_conversations ?? [] }),
  channels_select: (e) => ({ selected_channel: e.initial_channel ?? null }),
  multi_channels_select: (e) => ({ selected_channels: e.initial_channels ?? [] }),
  datepicker: (e) => ({ selected_date: e.initial_date ?? null }),
  timepicker: (e) => ({ selected_time: e.initial_time ?? null, timezone: e.timezone ?? zone() }),
  datetimepicker: (e) => ({ selected_date_time: e.initial_date_time ?? null }),
  file_input: () => ({ files: [] }),
};

function current(element) {
  return element.default_to_current_conversation ? store.channel : null;
}

/** The state an element has before anyone touched it, as in `view.state.values`; null for buttons. */
function initialState(element) {
  const build = INITIAL[element.type];
  return build ? { type: element.type, ...build(element) } : null;
}

/** True when nothing is typed or chosen. */
export function isEmpty(state) {
  const { type, timezone, ...rest } = state ?? {};
  return Object.values(rest).every((value) => value === null || value === "" || value?.length === 0);
}

/** The values of one surface: what people typed wins over what the server kept and what was initial. */
export class Values {
  constructor(kept = {}) {
    this.touched = new Map();
    this.kept = kept;
    this.onTouch = () => {};
  }

  get(block, element) {
    const key = `${block.block_id}|${element.action_id}`;
    return this.touched.get(key) ?? this.kept?.[block.block_id]?.[element.action_id] ?? initialState(element);
  }

  set(block, element, state) {
    this.touched.set(`${block.block_id}|${element.action_id}`, state);
    this.onTouch();
  }

  /** `{block_id: {action_id: state}}` of every element that keeps a state in these blocks. */
  collect(blocks) {
    const values = {};
    for (const [block, element] of statefulElements(blocks)) {
      (values[block.block_id] ??= {})[element.action_id] = this.get(block, element);
    }
    return values;
  }
}

/** Every `[block, element]` pair that keeps a state. */
function statefulElements(blocks) {
  return (blocks ?? []).flatMap((block) => [block.element, block.accessory, ...(block.elements ?? [])]
    .filter((element) => element && INITIAL[element.type]).map((element) => [block, element]));
}

/** Keep a new state; send it to the app when the place asks for that. False when a confirm was denied. */
export async function change(element, block, ctx, { state, node, send = true }) {
  const dispatches = send && (block.type !== "input" || block.dispatch_action);
  if (dispatches && element.confirm && !(await confirmDialog(element.confirm))) return false;
  ctx.values.set(block, element, state);
  if (dispatches) {
    const { type, ...selected } = state;
    await ctx.act({ block, element, selected, node });
  }
  return true;
}
