// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Batch.h"

#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

namespace meteorograph {

/// What one file's user should know of it: each thing once, and not too many. One a parser.
class FileNotes {
public:
  /// Something in the record that is being read; `key` tells it from others.
  void add(std::string key, std::string text);
  /// The same for one that must be told however many there were: its keys are few.
  void addAlways(std::string key, std::string text);
  bool told(const std::string &key) const { return m_told.contains(key); }
  /// The record is finished: puts what was added into the batch, as far as it is new.
  void flush(Batch &batch, std::int64_t line);
  /// The record is to be forgotten.
  void drop() { m_pending.clear(); }

  void save(nlohmann::json &state) const;
  void restore(const nlohmann::json &state);

private:
  std::vector<std::pair<std::string, std::string>> m_pending;
  std::set<std::string> m_told;
};

} // namespace meteorograph
