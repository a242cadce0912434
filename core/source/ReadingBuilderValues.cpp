// SPDX-License-Identifier: GPL-3.0-or-later
// What a record's values are called, what they are in, and whose they are.
#include "core/model/Quantity.h"
#include "core/source/Numbers.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/TextEncoding.h"

#include <algorithm>
#include <map>

namespace meteorograph {

namespace {

/// More numbered devices than any file has; further ones stay quantities.
constexpr std::size_t kMostNumbered = 1'000;

/// What the values of a field are in once they are converted.
std::string_view shownUnit(const FieldRole &role, const Unit &unit) {
  if (role.canonical != Canonical::None)
    return unitOf(role.canonical);
  if (unit.isTemperature())
    return unitOf(Canonical::Temperature);
  return unit.isPressure() ? unitOf(Canonical::Pressure) : std::string_view(unit.text);
}

/// Whether a unit stated for `like` (or beside the field) is one that the field may be in.
bool suits(const Unit &unit, Canonical like) {
  if (like == Canonical::Temperature)
    return unit.isTemperature();
  if (like == Canonical::Pressure)
    return unit.isPressure();
  return like == Canonical::None || unit.kind == Unit::Kind::Percent;
}

} // namespace

// Units may come behind the values, names before or behind: all wait for the record's end.
void ReadingBuilder::useHelpers() {
  m_longNames.begin();
  const Candidate *value = nullptr;
  const Candidate *name = nullptr;
  const auto prefer = [](const Candidate *&best, const Candidate &other) {
    if (best == nullptr || other.field->role.rank < best->field->role.rank)
      best = &other;
  };
  for (Candidate &helper : m_helpers) {
    helper.value.text = trimmed(helper.value.text);
    const bool text = helper.value.kind == FieldValue::Kind::Text && !helper.value.text.empty();
    const Role role = helper.field->role.role;
    if (role == Role::UnitText && stateUnit(helper))
      helper.value.kind = FieldValue::Kind::Absent;
    else if (role == Role::QuantityName && text && !readPlainNumber(helper.value.text))
      prefer(name, helper);
    else if (role == Role::Value && (text || helper.value.kind == FieldValue::Kind::Number))
      prefer(value, helper);
  }
  LongName *entity = value == nullptr || m_device.field == nullptr || m_roles.mapping().device
                         ? nullptr
                         : m_longNames.entity(m_device.value.text);
  const bool dotted = m_device.field != nullptr && m_device.value.text.find('.') != std::string_view::npos;
  if (value != nullptr && name != nullptr)
    nameValue(*value, *name);
  else if (entity != nullptr)
    addQuantity(entity->field, value->value);
  if (entity != nullptr && (name == nullptr || dotted))
    m_longDevice = entity->device.empty() ? std::string_view(m_defaultDevice) : entity->device;
  const bool named = value != nullptr && (name != nullptr || entity != nullptr);
  for (const Candidate &helper : m_helpers)
    if (!named || (&helper != value && &helper != name))
      addQuantity(*helper.field, helper.value);
}

void ReadingBuilder::nameValue(const Candidate &value, const Candidate &name) {
  addQuantity(m_longNames.quantity(name.value.text).field, value.value);
}

/// Whether the text states a unit; remembers it for the record.
bool ReadingBuilder::stateUnit(const Candidate &candidate) {
  const FieldRole &role = candidate.field->role;
  const auto state = [&](Canonical like, const Unit &unit) {
    m_statedUnits.push_back({candidate.field, like, unit});
  };
  if (role.name == "us_units") { // WeeWX: 1 is US, 16 and 17 are metric
    const bool us = candidate.value.text == "1";
    if (!us && candidate.value.text != "16" && candidate.value.text != "17")
      return false;
    state(Canonical::Temperature, unitOf(us ? Unit::Kind::Fahrenheit : Unit::Kind::Celsius));
    state(Canonical::Pressure, unitOf(us ? Unit::Kind::InHg : Unit::Kind::HectoPascal));
    m_lastUnits = m_statedUnits;
    return true;
  }
  const Unit unit = unitFromText(toUtf8(candidate.value.text));
  if (candidate.value.kind != FieldValue::Kind::Text || unit.kind == Unit::Kind::Unknown ||
      !suits(unit, role.like))
    return false;
  state(role.like, unit);
  m_lastUnits = m_statedUnits;
  return true;
}

/// What states no quantity's unit by its name tells of the fields of its object, else of those deeper
/// down; and of a long file's value wherever it stands.
const Unit *ReadingBuilder::statedFor(const Field &field, std::span<const StatedUnit> units) {
  const FieldRole &role = field.role;
  const bool value = role.column < 0 || role.role == Role::Value;
  const Unit *elsewhere = nullptr;
  for (const StatedUnit &stated : units) {
    if (stated.like != Canonical::None) {
      if (stated.like == role.like)
        return &stated.unit;
      continue;
    }
    const std::string &scope = stated.field->role.scope;
    if (!suits(stated.unit, role.like))
      continue;
    if (role.column == 0 && scope == role.scope)
      return &stated.unit;
    if (elsewhere == nullptr && (value || (role.like != Canonical::None && scope.empty())))
      elsewhere = &stated.unit;
  }
  return elsewhere;
}

const Unit &ReadingBuilder::unitFor(const Quantity &quantity) const {
  const Unit &own = quantity.candidate.field->role.unit;
  if (own.kind != Unit::Kind::Unknown || (quantity.written < 0 && m_statedUnits.empty()))
    return own;
  if (quantity.written >= 0) {
    const Unit &written = m_writtenUnits[static_cast<std::size_t>(quantity.written)];
    return suits(written, quantity.candidate.field->role.like) ? written : own;
  }
  const Unit *stated = statedFor(*quantity.candidate.field, m_statedUnits);
  return stated == nullptr ? own : *stated;
}

/// What the file's numbered fields so far make of this one.
void ReadingBuilder::settle(Field &field) {
  if (m_numbers.contains(field.role.number)) {
    makeNumbered(field.role);
    field.groupable = false;
  } else if (mayBeLone(field.role)) {
    const auto found = m_families.find(field.role.family);
    if (found != m_families.end() && found->second == field.role.number)
      makeLone(field.role);
  }
}

/// Fields whose names differ in the number alone belong to as many devices, from the first record on
/// that shows a second of them. Until then the first is the only one of its kind.
void ReadingBuilder::groupNumbered() {
  m_groupable = false;
  bool changed = false;
  for (const Quantity &quantity : m_quantities) {
    const FieldRole &role = quantity.candidate.field->role;
    if (!quantity.candidate.field->groupable || m_families.size() + m_numbers.size() >= kMostNumbered)
      continue;
    const auto [found, fresh] = m_families.try_emplace(role.family, role.number);
    const bool second = found->second != role.number;
    if (second)
      m_numbers.insert({role.number, found->second});
    changed = changed || fresh || second;
  }
  if (!changed)
    return;
  m_winner = {};
  for (const Quantity &quantity : m_quantities) {
    Field &field = *quantity.candidate.field;
    if (field.groupable)
      settle(field);
    compete(field);
  }
}

void ReadingBuilder::placeValues() {
  m_apart = m_surplus = false;
  m_firstRecord = m_names.empty();
  const bool mapping = !m_roles.mapping().quantities.empty();
  if (mapping) // what it names wins
    for (const Quantity &quantity : m_quantities)
      if (quantity.candidate.field->role.mapped)
        placeValue(quantity, unitFor(quantity));
  const bool stated = !m_statedUnits.empty() || !m_writtenUnits.empty();
  for (const Quantity &quantity : m_quantities)
    if (!mapping || !quantity.candidate.field->role.mapped)
      placeValue(quantity, stated ? unitFor(quantity) : quantity.candidate.field->role.unit);
}

// Hot: once a value of every record.
void ReadingBuilder::placeValue(const Quantity &quantity, const Unit &unit) {
  Field &field = *quantity.candidate.field;
  const std::int32_t device = !field.plain && field.role.apart() ? deviceOf(field) : -1;
  const std::int32_t name = nameFor(field, unit);
  if (name < 0 || !isFree(device, name)) {
    rescue(quantity.candidate);
    return;
  }
  m_apart = m_apart || device >= 0;
  m_values.push_back({device, name, converted(field, quantity.value, unit.kind)});
}

/// Whether this record has no value of that name for the device yet; from now on it has.
bool ReadingBuilder::isFree(std::int32_t device, std::int32_t name) {
  if (device >= 0)
    return m_used.insert(static_cast<std::uint64_t>(device) << 32 | static_cast<std::uint32_t>(name)).second;
  std::uint64_t &record = m_names[static_cast<std::size_t>(name)].record;
  return std::exchange(record, m_record) != m_record;
}

std::int32_t ReadingBuilder::deviceOf(Field &field) {
  if (field.device >= 0)
    return field.device;
  const Device wanted{field.role.numbered ? field.role.number : field.role.device, field.role.numbered};
  const auto found = std::find_if(m_devices.begin(), m_devices.end(), [&](const Device &device) {
    return device.text == wanted.text && device.numbered == wanted.numbered;
  });
  field.device = static_cast<std::int32_t>(found - m_devices.begin());
  if (found == m_devices.end())
    m_devices.push_back(wanted);
  return field.device;
}

std::int32_t ReadingBuilder::nameFor(Field &field, const Unit &unit) {
  const Canonical canonical = field.role.canonical;
  const bool loses = canonical != Canonical::None &&
                     m_winner[static_cast<std::size_t>(canonical)] != &field &&
                     (field.plain || !field.role.apart());
  if (loses && field.role.own_name == field.role.name) // they differ in case alone
    return -1;
  std::int32_t &number = loses ? field.own : field.quantity;
  if (number < 0)
    number = numberOf(field, loses ? field.role.own_name : field.role.name, shownUnit(field.role, unit));
  return number;
}

std::int32_t ReadingBuilder::numberOf(const Field &field, std::string_view name, std::string_view unit) {
  for (std::size_t i = 0; i < m_names.size(); ++i)
    if (m_names[i].key.name == name)
      return static_cast<std::int32_t>(i);
  if (m_names.size() >= kMaxQuantities) {
    m_surplus = true;
    m_notes.addAlways("surplus", "there are more than 400 quantities: further ones stay in rescued data");
    return -1;
  }
  if (!m_firstRecord && field.role.column == 0)
    m_notes.add("new " + std::string(name), "new field " + std::string(name));
  m_names.push_back({{std::string(name), std::string(unit)}});
  return static_cast<std::int32_t>(m_names.size() - 1);
}

double ReadingBuilder::converted(const Field &field, double value, Unit::Kind unit) {
  const Canonical canonical = field.role.canonical;
  if (unit != Unit::Kind::Unknown || canonical == Canonical::None || canonical == Canonical::Humidity)
    return toCanonical(value, unit);
  std::optional<Unit::Kind> &guess = canonical == Canonical::Pressure ? m_pressureUnit : m_temperatureUnit;
  if (!guess) {
    guess = canonical == Canonical::Pressure ? guessPressureUnit(value) : guessTemperatureUnit(value);
    if (*guess != Unit::Kind::HectoPascal && *guess != Unit::Kind::Celsius)
      m_notes.add("guess " + field.role.name, field.role.name + " is read as " + unitOf(*guess).text +
                                                  ", which its first value looks like");
  }
  return toCanonical(value, *guess);
}

} // namespace meteorograph
