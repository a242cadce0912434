// SPDX-License-Identifier: GPL-3.0-or-later
// Whose record it is, and from when.
#include "core/model/SpreadsheetText.h"
#include "core/source/FieldMapping.h"
#include "core/source/Numbers.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace meteorograph {

namespace {

/// So much of an unreadable time is shown in the reason.
constexpr std::size_t kMaxTimeInReason = 64;

std::string notUnderstood(std::string_view text) {
  return "time not understood: " + toUtf8(text.substr(0, characterBoundary(text, kMaxTimeInReason)));
}

struct PartTexts {
  std::string text;
  std::string format;
};

/// Makes one part of all whose formats are patterns: alone, a year or a month says too little.
void joinPatterns(std::vector<TimeReader::Part> &parts, PartTexts &joined) {
  const auto isPattern = [](const TimeReader::Part &part) {
    return part.format.find('%') != part.format.npos;
  };
  if (std::count_if(parts.begin(), parts.end(), isPattern) < 2)
    return;
  for (const TimeReader::Part &part : parts)
    if (isPattern(part)) {
      joined.text.append(joined.text.empty() ? "" : " ").append(part.text);
      joined.format.append(joined.format.empty() ? "" : " ").append(part.format);
    }
  parts.erase(std::remove_if(parts.begin(), parts.end(), isPattern), parts.end());
  parts.insert(parts.begin(), {joined.text, joined.format});
}

} // namespace

/// Takes a part of the record's time; false where the field is a whole one.
bool ReadingBuilder::takePart(Field &field, const FieldValue &value) {
  const FieldRole &role = field.role;
  const bool has = value.kind == FieldValue::Kind::Text || value.kind == FieldValue::Kind::Number;
  if (role.calendar >= 0 && has) {
    m_calendar[static_cast<std::size_t>(role.calendar)] = {&field, value};
    m_hasCalendar = true;
  }
  for (const int part : role.parts)
    if (has)
      m_parts[static_cast<std::size_t>(part)] = {&field, value};
  if (role.names_device)
    choose(m_device, field, value);
  return role.calendar >= 0 || role.mapped;
}

std::optional<TimeUs> ReadingBuilder::readTime(TimeSource source) {
  const Candidate &candidate = m_time[static_cast<std::size_t>(source)];
  return candidate.field == nullptr ? std::nullopt : m_times.readUs(candidate.value.text);
}

std::optional<TimeReader::Reading> ReadingBuilder::payloadTime() {
  const Candidate &time = m_time[static_cast<std::size_t>(TimeSource::Payload)];
  const Candidate &date = m_time[static_cast<std::size_t>(TimeSource::Date)];
  if (time.field == nullptr)
    return m_times.read(date.value.text);
  if (date.field != nullptr && isTimeOfDay(time.value.text)) {
    m_parted = true;
    const TimeReader::Part parts[] = {{date.value.text, {}}, {time.value.text, {}}};
    return m_times.read(parts);
  }
  rescue(date);
  return m_times.read(time.value.text);
}

/// From year, month and day in fields of their own, and what there is of the time of day.
std::optional<TimeReader::Reading> ReadingBuilder::calendarTime() {
  int parts[kCalendarParts] = {};
  for (std::size_t i = 0; i < kCalendarParts; ++i) {
    const std::optional<double> number =
        m_calendar[i].field == nullptr ? std::nullopt : readPlainNumber(m_calendar[i].value.text);
    if (!number && (i < 3 || m_calendar[i].field != nullptr))
      return std::nullopt;
    if (number && (*number < 0 || *number > 9999 || *number != std::floor(*number)))
      return std::nullopt;
    parts[i] = static_cast<int>(number.value_or(0));
  }
  m_shortYear = parts[0] < 100;
  if (m_shortYear)
    parts[0] += parts[0] < 70 ? 2000 : 1900;
  char date[32];
  char of_day[32];
  std::snprintf(date, sizeof date, "%04d-%02d-%02d", parts[0], parts[1], parts[2]);
  std::snprintf(of_day, sizeof of_day, "%02d:%02d:%02d", parts[3], parts[4], parts[5]);
  const Candidate &time = m_time[static_cast<std::size_t>(TimeSource::Payload)];
  m_parted = time.field != nullptr;
  const TimeReader::Part both[] = {{date, {}}, {time.field == nullptr ? of_day : time.value.text, {}}};
  return m_times.read(both);
}

std::optional<TimeReader::Reading> ReadingBuilder::mappedTime(std::string &reason) {
  if (m_arrival)
    return TimeReader::Reading{kNoTime, 0};
  std::vector<TimeReader::Part> parts;
  std::string whole;
  for (std::size_t i = 0; i < m_parts.size(); ++i) {
    const Mapping::TimePart &rule = m_roles.mapping().time[i];
    std::string_view text = trimmed(m_parts[i].value.text);
    if (m_parts[i].field == nullptr || text.empty()) {
      reason = "no time";
      return std::nullopt;
    }
    if (rule.slice)
      text = sliceOf(text, *rule.slice);
    parts.push_back({text, rule.format});
    whole.append(whole.empty() ? "" : " ").append(text);
  }
  PartTexts joined;
  joinPatterns(parts, joined);
  const std::optional<TimeReader::Reading> time = m_times.read(parts);
  if (!time)
    reason = m_times.whyNot().empty() ? notUnderstood(whole) : m_times.whyNot();
  return time;
}

std::optional<TimeReader::Reading> ReadingBuilder::eventTime(std::string &reason) {
  if (!m_parts.empty())
    return mappedTime(reason);
  const Candidate *present = nullptr;
  for (std::size_t i = kTimeSources; i-- > 0;)
    if (m_time[i].field != nullptr)
      present = &m_time[i];
  const Candidate &payload = m_time[static_cast<std::size_t>(TimeSource::Payload)];
  if (m_calendar[0].field != nullptr && (payload.field == nullptr || isTimeOfDay(payload.value.text))) {
    const std::optional<TimeReader::Reading> time = calendarTime();
    if (!time)
      reason = notUnderstood(m_calendar[0].value.text);
    return time;
  }
  if (present == nullptr) {
    reason = "no time";
    return std::nullopt;
  }
  std::optional<TimeReader::Reading> time;
  if (!present->field->role.envelope)
    time = payloadTime();
  else
    for (const TimeSource source : {TimeSource::Enqueued, TimeSource::Hub, TimeSource::Processed})
      if (const Candidate &clock = m_time[static_cast<std::size_t>(source)]; !time && clock.field != nullptr)
        time = m_times.read(clock.value.text);
  if (!time)
    reason = m_times.whyNot().empty() ? notUnderstood(present->value.text) : m_times.whyNot();
  return time;
}

TimeUs ReadingBuilder::receivedTime() {
  for (const TimeSource source : {TimeSource::Processed, TimeSource::Enqueued, TimeSource::Hub})
    if (const std::optional<TimeUs> time = readTime(source))
      return *time;
  return kNoTime;
}

std::string_view ReadingBuilder::mappedDevice() {
  const Mapping::DeviceRule &rule = *m_roles.mapping().device;
  if (rule.field.empty())
    return rule.constant.empty() ? std::string_view(m_defaultDevice) : std::string_view(rule.constant);
  const bool has = m_device.field != nullptr && m_device.field->role.names_device;
  std::string_view text = has ? m_device.value.text : std::string_view{};
  if (rule.slice)
    text = trimmed(sliceOf(text, *rule.slice));
  return text.empty() || text.size() > kMaxDeviceBytes ? std::string_view(m_defaultDevice) : text;
}

std::string_view ReadingBuilder::device() {
  if (m_roles.mapping().device)
    return mappedDevice();
  if (!m_longDevice.empty())
    return m_longDevice;
  if (m_device.field == nullptr)
    return m_defaultDevice;
  const bool is_cell = m_device.value.raw.empty(); // of a table, perhaps our own export
  if (m_device.value.text.size() <= kMaxDeviceBytes)
    return is_cell ? asBeforeDisarming(m_device.value.text) : m_device.value.text;
  rescue(m_device);
  return m_defaultDevice;
}

std::int64_t ReadingBuilder::messageId() {
  if (m_messageId.field == nullptr)
    return kNoMessageId;
  const std::string_view text = m_messageId.value.text;
  std::int64_t id = 0;
  const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error == std::errc{} && stopped == text.data() + text.size())
    return id;
  rescue(m_messageId);
  return kNoMessageId;
}

} // namespace meteorograph
