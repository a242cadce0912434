// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ReadingBuilder.h"

#include "core/model/Quantity.h"
#include "core/source/TextEncoding.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

/// A longer text is no device's name; it is rescued instead.
constexpr std::size_t kMaxDeviceBytes = 256;
/// So much of an unreadable time is shown in the reason.
constexpr std::size_t kMaxTimeInReason = 64;

bool isAbsentText(std::string_view text) {
  text = trimmed(text);
  if (text.empty())
    return true;
  if (text.front() == '-' || text.front() == '+')
    text.remove_prefix(1);
  if (text.size() != 3 && text.size() != 8)
    return false;
  std::string lower(text);
  for (char &c : lower)
    c = static_cast<char>(c | 0x20);
  return lower == "nan" || lower == "inf" || lower == "infinity";
}

/// A finite number that is the whole text.
std::optional<double> readNumber(std::string_view text, char decimal) {
  text = trimmed(text);
  std::string pointed;
  if (decimal == ',' && text.find(',') != text.npos && text.find('.') == text.npos) {
    pointed = text;
    pointed[pointed.find(',')] = '.';
    text = pointed;
  }
  if (text.size() > 1 && text.front() == '+' && text[1] != '-')
    text.remove_prefix(1);
  double value = 0;
  const char *end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::string keyOf(std::string_view label) {
  std::string key;
  appendJsonString(key, label);
  return key;
}

/// What the values of a field are in once they are converted.
std::string_view shownUnit(const FieldRole &role) {
  if (role.canonical != Canonical::None)
    return unitOf(role.canonical);
  if (role.unit.isTemperature())
    return unitOf(Canonical::Temperature);
  return role.unit.isPressure() ? unitOf(Canonical::Pressure) : std::string_view(role.unit.text);
}

} // namespace

Field::Field(FieldRole field_role, std::string_view label) : role(std::move(field_role)), key(keyOf(label)) {}

void ReadingBuilder::begin() {
  ++m_record;
  m_time = {};
  m_device = {};
  m_messageId = {};
  m_winner = {};
  m_quantities.clear();
  m_values.clear();
  m_rescued.clear();
}

// Hot: once a field of every record.
void ReadingBuilder::add(Field &field, const FieldValue &value) {
  const bool again = field.record == m_record;
  field.record = m_record;
  if (again) {
    rescue({&field, value});
    return;
  }
  switch (field.role.role) {
  case Role::Envelope:
    return;
  case Role::Time:
    choose(m_time[static_cast<std::size_t>(field.role.time)], field, value);
    return;
  case Role::Device:
    choose(m_device, field, value);
    return;
  case Role::MessageId:
    choose(m_messageId, field, value);
    return;
  case Role::Quantity:
    addQuantity(field, value);
    return;
  case Role::Ignored:
    return;
  case Role::QuantityName:
  case Role::Value:
  case Role::UnitText:
  case Role::Attribute:
    rescue({&field, value});
    return;
  }
}

void ReadingBuilder::choose(Candidate &best, Field &field, const FieldValue &value) {
  if (value.kind == FieldValue::Kind::Absent)
    return;
  if (value.kind == FieldValue::Kind::Other || trimmed(value.text).empty()) {
    rescue({&field, value});
    return;
  }
  Candidate loser{&field, value};
  loser.value.text = trimmed(value.text);
  if (best.field == nullptr || field.role.rank < best.field->role.rank)
    std::swap(best, loser);
  rescue(loser);
}

void ReadingBuilder::rescue(const Candidate &candidate) {
  if (candidate.field == nullptr || candidate.field->role.envelope)
    return;
  const bool empty = candidate.value.kind == FieldValue::Kind::Text && candidate.value.text.empty();
  if (candidate.value.kind != FieldValue::Kind::Absent && !empty)
    m_rescued.push_back(candidate);
}

void ReadingBuilder::addQuantity(Field &field, const FieldValue &value) {
  if (field.role.canonical != Canonical::None) {
    Field *&winner = m_winner[static_cast<std::size_t>(field.role.canonical)];
    if (winner == nullptr || (field.role.exact && !winner->role.exact))
      winner = &field;
  }
  if (value.kind == FieldValue::Kind::Absent)
    return;
  const std::optional<double> number =
      value.kind == FieldValue::Kind::Other ? std::nullopt : readNumber(value.text, m_decimal);
  if (number)
    m_quantities.push_back({{&field, value}, *number});
  else if (value.kind != FieldValue::Kind::Text || !isAbsentText(value.text))
    rescue({&field, value});
}

void ReadingBuilder::finish(Batch &batch, const RecordPlace &place) {
  std::string reason;
  const std::optional<TimeReader::Reading> time = eventTime(reason);
  if (!time) {
    quarantine(batch, place, reason);
    return;
  }
  placeValues();
  if (m_values.empty()) {
    skip(batch);
    return;
  }
  ++batch.counts.records;
  ++batch.counts.accepted;
  ReadingRow row;
  row.event_time_us = time->time_us;
  row.flags = time->flags;
  row.received_time_us = receivedTime();
  row.line = place.line;
  row.offset = place.offset;
  row.message_id = messageId();
  row.device = batch.deviceIndex(device());
  if (!m_rescued.empty()) {
    row.rescued = static_cast<std::int32_t>(batch.rescued.size());
    batch.rescued.push_back(rescuedText());
  }
  for (const Value &value : m_values) // first, since a new column moves all rows
    columnIn(batch, m_names[static_cast<std::size_t>(value.name)]);
  const std::size_t index = batch.addRow(row);
  for (const Value &value : m_values)
    batch.setValue(index, m_names[static_cast<std::size_t>(value.name)].column, value.value);
}

std::optional<TimeReader::Reading> ReadingBuilder::readTime(TimeSource source) {
  const Candidate &candidate = m_time[static_cast<std::size_t>(source)];
  return candidate.field == nullptr ? std::nullopt : m_times.read(candidate.value.text);
}

std::optional<TimeReader::Reading> ReadingBuilder::payloadTime() {
  const Candidate &time = m_time[static_cast<std::size_t>(TimeSource::Payload)];
  const Candidate &date = m_time[static_cast<std::size_t>(TimeSource::Date)];
  if (time.field == nullptr)
    return readTime(TimeSource::Date);
  if (date.field != nullptr && isTimeOfDay(time.value.text)) {
    std::string both(date.value.text);
    return m_times.read(both.append(1, 'T').append(time.value.text));
  }
  rescue(date);
  return readTime(TimeSource::Payload);
}

std::optional<TimeReader::Reading> ReadingBuilder::eventTime(std::string &reason) {
  const Candidate *present = nullptr;
  for (std::size_t i = kTimeSources; i-- > 0;)
    if (m_time[i].field != nullptr)
      present = &m_time[i];
  if (present == nullptr) {
    reason = "no time";
    return std::nullopt;
  }
  std::optional<TimeReader::Reading> time;
  if (!present->field->role.envelope)
    time = payloadTime();
  else
    for (const TimeSource source : {TimeSource::Enqueued, TimeSource::Hub, TimeSource::Processed})
      if (!time)
        time = readTime(source);
  if (!time)
    reason = !m_times.whyNot().empty() ? m_times.whyNot()
                                       : "time not understood: " + toUtf8(present->value.text.substr(
                                             0, characterBoundary(present->value.text, kMaxTimeInReason)));
  return time;
}

TimeUs ReadingBuilder::receivedTime() {
  for (const TimeSource source : {TimeSource::Processed, TimeSource::Enqueued, TimeSource::Hub})
    if (const std::optional<TimeReader::Reading> time = readTime(source))
      return time->time_us;
  return kNoTime;
}

std::string_view ReadingBuilder::device() {
  if (m_device.field == nullptr)
    return m_defaultDevice;
  if (m_device.value.text.size() <= kMaxDeviceBytes)
    return m_device.value.text;
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

void ReadingBuilder::placeValues() {
  for (const auto &[candidate, number] : m_quantities) {
    Field &field = *candidate.field;
    const std::int32_t name = nameFor(field);
    if (name < 0 || m_names[static_cast<std::size_t>(name)].record == m_record) {
      rescue(candidate);
      continue;
    }
    const double value = converted(field, number);
    m_names[static_cast<std::size_t>(name)].record = m_record;
    m_values.push_back({name, value});
  }
}

std::int32_t ReadingBuilder::nameFor(Field &field) {
  const Canonical canonical = field.role.canonical;
  const bool loses = canonical != Canonical::None && m_winner[static_cast<std::size_t>(canonical)] != &field;
  std::int32_t &number = loses ? field.own : field.quantity;
  if (number < 0)
    number = numberOf(loses ? field.role.own_name : field.role.name, shownUnit(field.role));
  return number;
}

std::int32_t ReadingBuilder::numberOf(std::string_view name, std::string_view unit) {
  for (std::size_t i = 0; i < m_names.size(); ++i)
    if (m_names[i].key.name == name)
      return static_cast<std::int32_t>(i);
  if (m_names.size() >= kMaxQuantities)
    return -1;
  m_names.push_back({{std::string(name), std::string(unit)}});
  return static_cast<std::int32_t>(m_names.size() - 1);
}

double ReadingBuilder::converted(const Field &field, double value) {
  if (field.role.canonical != Canonical::Pressure || field.role.unit.kind != Unit::Kind::Unknown)
    return toCanonical(value, field.role.unit.kind);
  if (!m_pressureUnit)
    m_pressureUnit = guessPressureUnit(value);
  return toCanonical(value, *m_pressureUnit);
}

std::size_t ReadingBuilder::columnIn(Batch &batch, Name &name) {
  const std::vector<QuantityKey> &known = batch.quantities();
  if (name.column >= known.size() || known[name.column].name != name.key.name)
    name.column = batch.quantityColumn(name.key.name, name.key.unit);
  return name.column;
}

std::string ReadingBuilder::rescuedText() const {
  std::string text = "{";
  for (const Candidate &candidate : m_rescued) {
    Field &field = *candidate.field;
    if (text.size() > 1)
      text.push_back(',');
    text += field.key;
    field.rescued_times = field.rescued_in == m_record ? field.rescued_times + 1 : 1;
    field.rescued_in = m_record;
    if (field.rescued_times > 1) {
      text.pop_back();
      text += " (" + std::to_string(field.rescued_times) + ")\"";
    }
    text.push_back(':');
    if (!candidate.value.raw.empty())
      text += candidate.value.raw;
    else
      appendJsonString(text, toUtf8(candidate.value.text));
  }
  text.push_back('}');
  return text;
}

void ReadingBuilder::quarantine(Batch &batch, const RecordPlace &place, std::string_view reason) {
  ++batch.counts.records;
  ++batch.counts.quarantined;
  batch.addReject(place.line, place.offset, reason, place.text);
}

void ReadingBuilder::skip(Batch &batch) {
  ++batch.counts.records;
  ++batch.counts.skipped;
}

void ReadingBuilder::save(nlohmann::json &state) const {
  if (m_pressureUnit)
    state["pressure_unit"] = unitOf(*m_pressureUnit).text;
  m_times.save(state);
  nlohmann::json &names = state["quantities"] = nlohmann::json::array();
  for (const Name &name : m_names)
    names.push_back({name.key.name, name.key.unit});
}

void ReadingBuilder::restore(const nlohmann::json &state) {
  if (const auto found = state.find("pressure_unit"); found != state.end())
    m_pressureUnit = unitFromText(found->get<std::string>()).kind;
  m_times.restore(state);
  for (const nlohmann::json &name : state.at("quantities"))
    m_names.push_back({{name.at(0).get<std::string>(), name.at(1).get<std::string>()}});
}

} // namespace meteorograph
