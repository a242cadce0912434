// SPDX-License-Identifier: GPL-3.0-or-later
// The short way, for records that are like one before.
#include "core/source/Numbers.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace meteorograph {

namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kUnknownColumn = std::numeric_limits<std::size_t>::max();

bool blankEnds(std::string_view text) {
  return static_cast<unsigned char>(text.front()) <= ' ' || static_cast<unsigned char>(text.back()) <= ' ';
}

/// Begins with a letter with which no number, no unit behind one and nothing that means "absent" does.
bool isWord(std::string_view text) {
  const auto c = static_cast<unsigned char>(text.front() | 0x20);
  return c >= 'a' && c <= 'z' && c != 'i' && c != 'n';
}

/// As JsonRecord sees whether a text may be JSON, or base64 of it.
bool mayOpen(char first) { return first == '{' || first == 'e'; }

std::optional<std::int64_t> wholeNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && stopped == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

} // namespace

bool ReadingPlan::isPlainTimeOfDay(std::string_view text) {
  const std::size_t colon = text.find(':');
  return (colon == 1 || colon == 2) && text.find_first_not_of("0123456789:.,") == text.npos;
}

// Hot: once a record. Nothing is remembered before all of the record is known to be as planned.
bool ReadingBuilder::addPlanned(ReadingPlan &plan, std::span<const std::string_view> texts, Batch &batch,
                                std::int64_t line, std::int64_t offset) {
  const auto textOf = [&](std::int32_t slot) { return texts[static_cast<std::size_t>(slot)]; };
  for (const std::int32_t slot : plan.empty)
    if (!textOf(slot).empty())
      return false;
  for (const ReadingPlan::Same &same : plan.same)
    if (textOf(same.slot) != same.text)
      return false;
  for (const std::int32_t slot : plan.filled)
    if (textOf(slot).empty() || blankEnds(textOf(slot)))
      return false;
  TimeReader::Told event;
  TimeReader::Told received;
  const bool as_planned = plan.names == m_names.size() && tellPlannedEvent(plan, texts, event) &&
                          tellPlannedTime(plan.received_time, texts, received) &&
                          readPlannedValues(plan, texts);
  if (!as_planned)
    return false;
  ReadingRow row;
  row.line = line;
  row.offset = offset;
  if (plan.message_id >= 0) {
    const std::optional<std::int64_t> id = wholeNumber(textOf(plan.message_id));
    if (!id)
      return false;
    row.message_id = *id;
  }
  std::string_view device = plan.device_name;
  if (plan.device >= 0) {
    device = textOf(plan.device);
    if (device.empty() || device.size() > kMaxDeviceBytes || blankEnds(device) || device.front() == '\'')
      return false; // the last may be disarmed
    if (plan.no_entity && isEntity(device))
      return false;
  }
  if (!plan.rescued.empty() && !rescuePlanned(plan, texts))
    return false;
  if (plan.event_time >= 0) {
    const TimeReader::Reading time = m_times.settle(event);
    row.event_time_us = time.time_us;
    row.flags = time.flags;
  }
  if (plan.received_time >= 0)
    row.received_time_us = m_times.settle(received).time_us;
  row.device = batch.deviceIndex(device);
  placePlanned(plan, batch, row);
  return true;
}

bool ReadingBuilder::isEntity(std::string_view device) {
  m_longNames.begin();
  return m_longNames.entity(device) != nullptr;
}

bool ReadingBuilder::tellPlannedEvent(const ReadingPlan &plan, std::span<const std::string_view> texts,
                                      TimeReader::Told &told) {
  if (plan.event_date < 0 && plan.time_format.empty())
    return tellPlannedTime(plan.event_time, texts, told);
  std::string_view text = texts[static_cast<std::size_t>(plan.event_time)];
  if (text.empty() || blankEnds(text))
    return false;
  if (plan.event_date >= 0) {
    const std::string_view date = texts[static_cast<std::size_t>(plan.event_date)];
    if (date.empty() || blankEnds(date) || !ReadingPlan::isPlainTimeOfDay(text))
      return false;
    text = m_plannedText.assign(date).append(" ").append(text);
  }
  const std::optional<TimeReader::Told> time = m_times.tell(TimeReader::Part{text, plan.time_format});
  told = time.value_or(TimeReader::Told());
  return time.has_value();
}

bool ReadingBuilder::tellPlannedTime(std::int32_t slot, std::span<const std::string_view> texts,
                                     TimeReader::Told &told) {
  if (slot < 0)
    return true;
  const std::string_view text = texts[static_cast<std::size_t>(slot)];
  if (text.empty() || blankEnds(text))
    return false;
  std::optional<TimeReader::Told> time = m_times.tell(text);
  if (time)
    told = *time;
  return time.has_value();
}

bool ReadingBuilder::readPlannedValues(const ReadingPlan &plan, std::span<const std::string_view> texts) {
  m_planned.clear();
  bool any = false;
  for (const ReadingPlan::Value &value : plan.values) {
    const std::string_view text = texts[static_cast<std::size_t>(value.slot)];
    m_planned.push_back(kAbsent);
    if (text.empty())
      continue;
    const std::optional<double> usual = readUsualNumber(text, m_decimal);
    const std::optional<double> number = usual ? usual : readPlainNumber(text);
    if (!number)
      return false;
    if (std::find(value.missing.begin(), value.missing.end(), *number) != value.missing.end())
      continue;
    m_planned.back() = toCanonical(*number, value.unit);
    any = true;
  }
  return any;
}

/// The record's rescued data; false where something in it may be more than it seems.
bool ReadingBuilder::rescuePlanned(const ReadingPlan &plan, std::span<const std::string_view> texts) {
  m_plannedText.clear();
  for (const ReadingPlan::Rescued &rescued : plan.rescued) {
    std::string_view text = rescued.text;
    if (rescued.slot >= 0) {
      text = texts[static_cast<std::size_t>(rescued.slot)];
      if (text.empty())
        continue;
      if (blankEnds(text) || (rescued.opens && mayOpen(text.front())) || (rescued.word && !isWord(text)))
        return false;
      if (rescued.quoted)
        text = {text.data() - 1, text.size() + 2};
    }
    m_plannedText.push_back(m_plannedText.empty() ? '{' : ',');
    m_plannedText += rescued.key;
    if (rescued.slot < 0 || rescued.quoted || rescued.number)
      m_plannedText += text;
    else
      appendJsonString(m_plannedText, toUtf8(text));
  }
  return true;
}

void ReadingBuilder::placePlanned(ReadingPlan &plan, Batch &batch, ReadingRow &row) {
  if (!plan.rescued.empty() && !m_plannedText.empty()) {
    row.rescued = static_cast<std::int32_t>(batch.rescued.size());
    batch.rescued.push_back(m_plannedText + "}");
  }
  std::vector<std::size_t> &columns = plan.columns.of;
  if (std::exchange(plan.columns.batch, m_batch) != m_batch)
    columns.assign(plan.values.size(), kUnknownColumn);
  for (std::size_t i = 0; i < columns.size(); ++i) // first, since a new column moves all rows
    if (columns[i] == kUnknownColumn && !std::isnan(m_planned[i]))
      columns[i] = columnIn(batch, m_names[static_cast<std::size_t>(plan.values[i].name)]);
  ++batch.counts.records;
  ++batch.counts.accepted;
  const std::size_t index = batch.addRow(row);
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i] != kUnknownColumn)
      batch.setValue(index, columns[i], m_planned[i]);
}

} // namespace meteorograph
