// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/FieldRoles.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace meteorograph {

/// What resources/field_names.json says, for looking up: every name as wordKey() gives it. Never
/// changes; read from any thread.
struct FieldWords {
  using Ranks = std::unordered_map<std::string, int>;
  using Names = std::unordered_set<std::string>;

  Ranks time;
  Ranks device;
  Ranks message_id;
  Ranks quantity_name;
  Ranks value;
  Names date;
  Names table_time; ///< too short or too common to mean a time in JSON
  Names table_date;
  std::array<Names, kCalendarParts> calendar; ///< year, month, day, hour, minute, second
  Names attribute;
  Names unit;

  std::unordered_map<std::string, Canonical> quantities;
  std::unordered_map<std::string, Canonical> only_with_unit;
  std::unordered_map<std::string, std::pair<std::string, Unit>> with_unit; ///< a plainer name, and its unit
  Names averages;           ///< behind a name they change nothing
  Ranks pressure_elsewhere; ///< reduced to sea level, say: the pressure only where no other is told
  Names qualifiers;         ///< before or behind any quantity, they change nothing
  std::array<Names, kCanonicals> own_qualifiers; ///< the same for one quantity
  Names places;                                  ///< they tell apart what is measured twice: indoor, outdoor
  Names numbered;                                ///< what a number counts: sensor 2, channel 3
  Names chips;    ///< sensor chips say nothing of what is measured: `bme280_temp`
  Names holders;  ///< keys that hold a value and say nothing of it; their object's key does
  Names machines; ///< parts whose temperature is their own, not the room's
  Names measured; ///< what else sensors measure

  static const FieldWords &all();
};

/// For comparing names: their words put together, in lower case, without accents.
std::string wordKey(std::string_view name);
std::string wordKey(const std::vector<std::string> &words);

/// The rank of a name that has one.
std::optional<int> rankIn(const FieldWords::Ranks &ranks, const std::string &key);

} // namespace meteorograph
