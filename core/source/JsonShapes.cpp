// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/JsonShapes.h"

#include "core/source/TextEncoding.h"

#include <algorithm>

namespace meteorograph {

namespace {

/// Lines of one file alternate between a few shapes at most.
constexpr std::size_t kMostShapes = 8;
/// Longer objects are not one of many.
constexpr std::size_t kLongest = 65'536;

} // namespace

JsonShapes::JsonShapes(ReadingBuilder &builder, JsonFields &fields, bool learns)
    : m_builder(builder), m_fields(fields), m_learning(learns) {}

// Hot: once a record. The shape that came behind the last one when that came before is tried first.
JsonShapes::Taken JsonShapes::take(std::string_view text, std::int64_t line, std::int64_t offset,
                                   Batch &batch) {
  if (m_known.empty() || m_generation != m_fields.generation())
    return {};
  std::size_t index = m_known[m_last].next;
  for (std::size_t i = 0; i < m_known.size(); ++i, index = (index + 1) % m_known.size()) {
    Known &known = m_known[index];
    const std::size_t bytes = known.shape.read(text, m_values.data());
    if (bytes == 0)
      continue;
    if (!m_builder.addPlanned(known.plan, {m_values.data(), known.shape.members().size()}, batch, line,
                              offset))
      continue; // another plan for the same shape may fit
    m_known[m_last].next = index;
    m_last = index;
    m_learning.pays();
    return {bytes, known.newlines};
  }
  return {};
}

void JsonShapes::learn(std::string_view text, std::span<const JsonField> members) {
  if (text.size() > kLongest || !m_learning.spend())
    return;
  JsonShape shape(text, members);
  const JsonFields::Order &nodes = m_fields.order(0);
  std::vector<PlanSlot> slots;
  for (const std::size_t i : shape.members()) {
    const bool number = members[i].type == JsonType::Number;
    if (nodes[i]->topic || (nodes[i]->body && !number) || members[i].value_escaped)
      return;
    const bool blank = trimmed(members[i].value).empty();
    slots.push_back({&nodes[i]->field, members[i].value, blank, !number, number, nodes[i]->opens});
  }
  std::optional<ReadingPlan> plan = m_builder.plan(slots);
  if (!plan)
    return;
  if (m_generation != m_fields.generation())
    m_known.clear();
  m_generation = m_fields.generation();
  m_values.resize(std::max(m_values.size(), slots.size()));
  keep({std::move(shape), std::move(*plan), std::count(text.begin(), text.end(), '\n'), 0});
}

/// In the place of one that will not fit any more, else of the oldest. What has just been learnt again is
/// known: the record was odd, and would not tell.
void JsonShapes::keep(Known known) {
  const auto same = [&](const Known &old) { return old.plan == known.plan && old.shape == known.shape; };
  const auto stale = [&](const Known &old) { return old.plan.names < known.plan.names; };
  if (std::any_of(m_known.begin(), m_known.end(), same))
    return;
  const auto place = std::find_if(m_known.begin(), m_known.end(), stale);
  auto index = static_cast<std::size_t>(place - m_known.begin());
  if (index == kMostShapes)
    index = m_oldest++ % kMostShapes;
  if (index == m_known.size())
    m_known.push_back(std::move(known));
  else
    m_known[index] = std::move(known);
  m_known[index].next = index;
  m_known[m_last % m_known.size()].next = index;
  m_last = index;
}

} // namespace meteorograph
