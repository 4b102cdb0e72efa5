// What Slack's client checks in a form before it sends it.

import { isEmpty } from "./fields.js";

function lengthProblem(element, value) {
  if (element.min_length && value.length < element.min_length) return `Please type at least ${element.min_length} characters (now ${value.length}).`;
  if (element.max_length && value.length > element.max_length) return `Please type at most ${element.max_length} characters (now ${value.length}).`;
  return null;
}

function numberProblem(element, value) {
  if (!/^[+-]?\d+([.]\d+)?$/.test(value)) return "Please type a number.";
  if (!element.is_decimal_allowed && value.includes(".")) return "Please type a whole number.";
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) return `Please type a number of at least ${element.min_value}.`;
  if (element.max_value !== undefined && Number(value) > Number(element.max_value)) return `Please type a number of at most ${element.max_value}.`;
  return null;
}

const RULES = {
  plain_text_input: lengthProblem,
  number_input: numberProblem,
  email_text_input: (_, value) => (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? null : "Please type an e-mail address like ana@example.com."),
  url_text_input: (_, value) => (/^https?:\/\/\S+$/i.test(value) ? null : "Please type an address like https://example.com."),
};

function problem(block, state) {
  if (isEmpty(state)) return block.optional ? null : "Please complete this required field.";
  return RULES[block.element.type]?.(block.element, String(state.value)) ?? null;
}

/** `{block_id: sentence}` for every field that cannot be sent as it is. */
export function problems(blocks, values) {
  const found = {};
  for (const block of (blocks ?? []).filter((part) => part.type === "input")) {
    const text = problem(block, values[block.block_id]?.[block.element.action_id]);
    if (text) found[block.block_id] = text;
  }
  return found;
}
