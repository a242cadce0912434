// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ReadingBuilder.h"

#include "core/model/Quantity.h"
#include "core/source/Numbers.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {

/// So much of a text that is no number is shown in a note.
constexpr std::size_t kMaxTextInNote = 40;

std::string keyOf(std::string_view label) {
  std::string key;
  appendJsonString(key, label);
  return key;
}

} // namespace

Field::Field(FieldRole field_role, std::string_view name)
    : role(std::move(field_role)), label(name), key(keyOf(name)),
      groupable(role.column == 0 && !role.number.empty() && !role.mapped && !role.numbered) {
  plain = !groupable && role.missing.empty() && !role.apart() && role.parts.empty() && role.calendar < 0;
}

ReadingBuilder::ReadingBuilder(const FileContext &context)
    : m_roles(context.mapping), m_defaultDevice(context.default_device),
      m_times(context.mapping.zone, context.dates), m_arrival(m_roles.timeIsArrival()),
      m_parts(context.mapping.time.size()) {}

void ReadingBuilder::begin() {
  ++m_record;
  m_time = {};
  m_device = {};
  m_messageId = {};
  m_winner = {};
  m_quantities.clear();
  m_values.clear();
  m_rescued.clear();
  m_notes.drop(); // of a record that came to nothing
  if (!m_parts.empty())
    std::fill(m_parts.begin(), m_parts.end(), Candidate{});
  if (m_helpers.empty() && m_writtenUnits.empty() && m_used.empty() && !m_hasCalendar)
    return;
  m_calendar = {};
  m_hasCalendar = false;
  m_helpers.clear();
  m_longDevice = {};
  m_statedUnits.clear();
  m_writtenUnits.clear();
  m_used.clear();
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
  case Role::Ignored:
    return;
  case Role::Time:
    if (field.plain || !takePart(field, value))
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
  case Role::QuantityName:
  case Role::Value:
  case Role::UnitText:
    addHelper(field, value);
    return;
  case Role::Attribute:
    rescue({&field, value});
    return;
  }
}

void ReadingBuilder::addHelper(Field &field, const FieldValue &value) {
  m_helpers.push_back({&field, value}); // apart from add(), which stays slim
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

/// Of the fields that may have a canonical name, the plainest has it; of equal ones the first.
void ReadingBuilder::compete(Field &field) {
  if (field.role.canonical == Canonical::None || field.role.apart())
    return;
  Field *&winner = m_winner[static_cast<std::size_t>(field.role.canonical)];
  if (winner == nullptr || field.role.rank < winner->role.rank)
    winner = &field;
}

void ReadingBuilder::addQuantity(Field &field, const FieldValue &value) {
  if (!field.plain && field.groupable)
    settle(field);
  compete(field);
  if (value.kind == FieldValue::Kind::Absent)
    return;
  const std::optional<double> number =
      value.kind == FieldValue::Kind::Other ? std::nullopt : readPlainNumber(value.text);
  if (!number) {
    addWritten(field, value);
    return;
  }
  if (field.plain || takesNumber(field, *number))
    m_quantities.push_back({{&field, value}, *number});
}

/// Whether the number means a value.
bool ReadingBuilder::takesNumber(const Field &field, double number) {
  const std::vector<double> &missing = field.role.missing;
  if (std::find(missing.begin(), missing.end(), number) != missing.end())
    return false;
  m_groupable = m_groupable || field.groupable;
  return true;
}

/// A value that is no plain number.
void ReadingBuilder::addWritten(Field &field, const FieldValue &value) {
  if (value.kind == FieldValue::Kind::Other) {
    rescue({&field, value});
    return;
  }
  std::optional<WrittenNumber> number = readWrittenNumber(value.text, m_decimal);
  if (!number) {
    rescueText(field, value);
    return;
  }
  if (!takesNumber(field, number->value))
    return;
  if (number->comma)
    m_notes.add("comma " + field.label, "decimal commas are read as such in " + field.label);
  m_quantities.push_back({{&field, value}, number->value});
  if (number->unit.kind == Unit::Kind::Unknown)
    return;
  m_quantities.back().written = static_cast<std::int32_t>(m_writtenUnits.size());
  m_writtenUnits.push_back(std::move(number->unit));
}

void ReadingBuilder::rescueText(Field &field, const FieldValue &value) {
  if (isAbsentText(value.text))
    return;
  rescue({&field, value});
  if (field.role.column < 0 || field.names_seen == m_names.size())
    return;
  const auto held = [&](const Name &name) {
    return name.key.name == field.role.name || name.key.name == field.role.own_name;
  };
  if (std::none_of(m_names.begin(), m_names.end(), held)) {
    field.names_seen = m_names.size();
    return;
  }
  const std::string key = "text " + field.label;
  if (m_notes.told(key))
    return;
  const std::string_view text = value.text.substr(0, characterBoundary(value.text, kMaxTextInNote));
  m_notes.add(key, field.label + " held numbers and now holds text, such as \"" + toUtf8(text) + "\"");
}

void ReadingBuilder::finish(Batch &batch, const RecordPlace &place) {
  if (!m_helpers.empty())
    useHelpers();
  std::string reason;
  const std::optional<TimeReader::Reading> time = eventTime(reason);
  if (!time) {
    m_notes.drop();
    quarantine(batch, place, reason);
    return;
  }
  if (m_groupable)
    groupNumbered();
  placeValues();
  m_notes.flush(batch, place.line);
  if (m_values.empty() && !m_surplus) {
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
  addRows(batch, row);
}

void ReadingBuilder::addRows(Batch &batch, ReadingRow row) {
  const std::string_view own = device();
  if (!m_rescued.empty()) {
    row.rescued = static_cast<std::int32_t>(batch.rescued.size());
    batch.rescued.push_back(rescuedText());
  }
  for (const Value &value : m_values) // first, since a new column moves all rows
    columnIn(batch, m_names[static_cast<std::size_t>(value.name)]);
  if (!m_apart) {
    row.device = batch.deviceIndex(own);
    addRow(batch, row, m_values);
    return;
  }
  sortByDevice();
  for (std::span<const Value> left = m_values; !left.empty();) {
    const std::int32_t number = left.front().device;
    const auto end =
        std::find_if(left.begin(), left.end(), [&](const Value &v) { return v.device != number; });
    const std::span<const Value> values = left.first(static_cast<std::size_t>(end - left.begin()));
    const Device *other = number < 0 ? nullptr : &m_devices[static_cast<std::size_t>(number)];
    row.device = other == nullptr   ? batch.deviceIndex(own)
                 : !other->numbered ? batch.deviceIndex(other->text)
                                    : batch.deviceIndex(std::string(own) + " " + other->text);
    addRow(batch, row, values);
    row.rescued = -1; // with the record's first reading
    left = left.subspan(values.size());
  }
}

/// The record's own first, the others as they come in it: what came in other records must not matter.
void ReadingBuilder::sortByDevice() {
  std::int32_t places = 0;
  const auto placeOf = [this](const Value &value) {
    return value.device < 0 ? -1 : m_devices[static_cast<std::size_t>(value.device)].place;
  };
  for (const Value &value : m_values)
    if (value.device >= 0)
      if (Device &device = m_devices[static_cast<std::size_t>(value.device)];
          std::exchange(device.record, m_record) != m_record)
        device.place = places++;
  std::stable_sort(m_values.begin(), m_values.end(),
                   [&](const Value &a, const Value &b) { return placeOf(a) < placeOf(b); });
}

void ReadingBuilder::addRow(Batch &batch, const ReadingRow &row, std::span<const Value> values) {
  const std::size_t index = batch.addRow(row);
  for (const Value &value : values)
    batch.setValue(index, m_names[static_cast<std::size_t>(value.name)].column, value.value);
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
  if (m_parted)
    state["parted_time"] = true;
  if (!m_families.empty())
    state["numbered"] = {m_families, m_numbers};
  if (m_temperatureUnit)
    state["temperature_unit"] = unitOf(*m_temperatureUnit).text;
  m_times.save(state);
  nlohmann::json &names = state["quantities"] = nlohmann::json::array();
  for (const Name &name : m_names)
    names.push_back({name.key.name, name.key.unit});
  m_notes.save(state);
}

void ReadingBuilder::restore(const nlohmann::json &state) {
  if (const auto found = state.find("pressure_unit"); found != state.end())
    m_pressureUnit = unitFromText(found->get<std::string>()).kind;
  m_parted = state.contains("parted_time");
  if (const auto found = state.find("numbered"); found != state.end()) {
    m_families = found->at(0).get<std::map<std::string, std::string>>();
    m_numbers = found->at(1).get<std::set<std::string>>();
  }
  if (const auto found = state.find("temperature_unit"); found != state.end())
    m_temperatureUnit = unitFromText(found->get<std::string>()).kind;
  m_times.restore(state);
  for (const nlohmann::json &name : state.at("quantities"))
    m_names.push_back({{name.at(0).get<std::string>(), name.at(1).get<std::string>()}});
  m_notes.restore(state);
}

} // namespace meteorograph
