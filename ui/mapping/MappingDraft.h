// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/MappingPreview.h"

#include <string>
#include <vector>

namespace meteorograph::ui {

/// A field as the dialog shows it: what the file tells, overlaid with what its user says.
struct DraftField {
  FieldReport report; ///< with the user's words in place
  std::vector<double> missing;
  bool role_chosen = false; ///< these four by the user
  bool quantity_chosen = false;
  bool unit_chosen = false;
  bool device_chosen = false;
};

/// The mapping that is being made: only what its user says, beside the newest inference, which fills
/// in all the rest. A value without widgets.
class MappingDraft {
public:
  enum class Role { AsInferred, Time, Device, Quantity, Ignore };

  const Mapping &mapping() const { return m_mapping; }
  void setMapping(Mapping mapping) { m_mapping = std::move(mapping); }
  /// Changes one of the plain members; a preset's name no longer fits then.
  void change(const std::function<void(Mapping &)> &apply);

  const Inference &inference() const { return m_inference; }
  void setInference(Inference inference) { m_inference = std::move(inference); }

  std::vector<DraftField> fields() const;
  Mapping::Format format() const;
  /// The user's parts of the time, else the inferred ones.
  const std::vector<Mapping::TimePart> &time() const;

  /// Time: the field alone, or one more part where its user has already named parts.
  void setRole(const FieldReport &field, Role role);
  void setQuantity(const FieldReport &field, const std::string &name);
  void setUnit(const FieldReport &field, const std::string &unit);
  void setMissing(const FieldReport &field, std::vector<double> missing);
  void setDevice(const FieldReport &field, const std::string &device);

private:
  void forget(const FieldReport &field);
  void addTime(const FieldReport &field);
  int columnOf(const std::string &field) const;
  Mapping::QuantityRule &ruleOf(const FieldReport &field);

  Mapping m_mapping;
  Inference m_inference;
};

/// Whether a mapping's field (a name, a path or a column's number) is this one.
bool namesField(const std::string &mapped, const FieldReport &field);

} // namespace meteorograph::ui
