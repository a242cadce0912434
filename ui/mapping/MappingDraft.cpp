// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/MappingDraft.h"

#include <algorithm>

namespace meteorograph::ui {

namespace {

template <class List> auto *ruleFor(List &rules, const FieldReport &field) {
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const auto &rule) { return namesField(rule.field, field); });
  return found == rules.end() ? nullptr : &*found;
}

bool isIgnored(const Mapping &mapping, const FieldReport &field) {
  return std::any_of(mapping.ignore.begin(), mapping.ignore.end(),
                     [&](const std::string &name) { return namesField(name, field); });
}

void overlayQuantity(DraftField &field, const Mapping::QuantityRule &rule) {
  field.report.use = FieldUse::Quantity;
  field.role_chosen = true;
  field.missing = rule.missing;
  if (!rule.name.empty()) {
    field.report.quantity = rule.name;
    field.quantity_chosen = true;
  }
  if (!rule.unit.empty()) {
    field.report.unit = rule.unit;
    field.report.unit_guessed = false;
    field.unit_chosen = true;
  }
  if (!rule.device.empty()) {
    field.report.device = rule.device;
    field.device_chosen = true;
  }
}

DraftField overlaid(const FieldReport &report, const Mapping &mapping) {
  DraftField field{report, {}};
  const auto is = [&field](FieldUse use) {
    field.report.use = use;
    field.role_chosen = true;
  };
  if (const Mapping::QuantityRule *rule = ruleFor(mapping.quantities, report))
    overlayQuantity(field, *rule);
  else if (ruleFor(mapping.time, report))
    is(FieldUse::Time);
  else if (mapping.device && namesField(mapping.device->field, report))
    is(FieldUse::Device);
  else if (isIgnored(mapping, report))
    is(FieldUse::Ignored);
  return field;
}

} // namespace

bool namesField(const std::string &mapped, const FieldReport &field) {
  return !mapped.empty() &&
         (mapped == field.field || (field.column > 0 && mapped == std::to_string(field.column)));
}

void MappingDraft::change(const std::function<void(Mapping &)> &apply) {
  const Mapping before = m_mapping;
  apply(m_mapping);
  if (m_mapping != before)
    m_mapping.name.clear();
}

std::vector<DraftField> MappingDraft::fields() const {
  std::vector<DraftField> all;
  for (const FieldReport &report : m_inference.fields)
    all.push_back(overlaid(report, m_mapping));
  return all;
}

Mapping::Format MappingDraft::format() const {
  return m_mapping.format != Mapping::Format::Inferred ? m_mapping.format : m_inference.mapping.format;
}

const std::vector<Mapping::TimePart> &MappingDraft::time() const {
  return m_mapping.time.empty() ? m_inference.mapping.time : m_mapping.time;
}

void MappingDraft::forget(const FieldReport &field) {
  const auto isRule = [&field](const auto &rule) { return namesField(rule.field, field); };
  std::erase_if(m_mapping.quantities, isRule);
  std::erase_if(m_mapping.time, isRule);
  std::erase_if(m_mapping.ignore, [&field](const std::string &name) { return namesField(name, field); });
  if (m_mapping.device && isRule(*m_mapping.device))
    m_mapping.device.reset();
}

int MappingDraft::columnOf(const std::string &field) const {
  for (const FieldReport &report : m_inference.fields)
    if (namesField(field, report))
      return report.column;
  return 0;
}

/// Date and time of day are put together in the order of the file.
void MappingDraft::addTime(const FieldReport &field) {
  m_mapping.time.push_back({field.field, {}, {}});
  std::stable_sort(m_mapping.time.begin(), m_mapping.time.end(),
                   [this](const Mapping::TimePart &a, const Mapping::TimePart &b) {
                     return columnOf(a.field) < columnOf(b.field);
                   });
}

void MappingDraft::setRole(const FieldReport &field, Role role) {
  change([&](Mapping &mapping) {
    forget(field);
    switch (role) {
    case Role::AsInferred:
      break;
    case Role::Time:
      addTime(field);
      break;
    case Role::Device:
      mapping.device = Mapping::DeviceRule{field.field, {}, {}};
      break;
    case Role::Quantity:
      mapping.quantities.push_back({field.field, {}, {}, {}, {}});
      break;
    case Role::Ignore:
      mapping.ignore.push_back(field.field);
      break;
    }
  });
}

Mapping::QuantityRule &MappingDraft::ruleOf(const FieldReport &field) {
  if (Mapping::QuantityRule *rule = ruleFor(m_mapping.quantities, field))
    return *rule;
  forget(field);
  m_mapping.quantities.push_back({field.field, {}, {}, {}, {}});
  return m_mapping.quantities.back();
}

void MappingDraft::setQuantity(const FieldReport &field, const std::string &name) {
  change([&](Mapping &) { ruleOf(field).name = name; });
}

void MappingDraft::setUnit(const FieldReport &field, const std::string &unit) {
  change([&](Mapping &) { ruleOf(field).unit = unit; });
}

void MappingDraft::setMissing(const FieldReport &field, std::vector<double> missing) {
  change([&](Mapping &) { ruleOf(field).missing = std::move(missing); });
}

void MappingDraft::setDevice(const FieldReport &field, const std::string &device) {
  change([&](Mapping &) { ruleOf(field).device = device; });
}

} // namespace meteorograph::ui
