// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/Field.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace meteorograph {

/// What a text of a long file says, where every record holds one value and tells whose it is.
struct LongName {
  std::string device; ///< empty: the text names none
  Field field;        ///< the quantity
};

/// The quantities of a long file, by the texts that name them: `temperature_c`, or an entity's name as
/// `sensor.living_room_temperature`, which names the device, too. One a parser, on its thread; holds
/// nothing that a new one could not find again.
class LongNames {
public:
  /// Once a record, before the others: bounds the memory where names never repeat.
  void begin();
  /// The quantity that the text names.
  LongName &quantity(std::string_view text);
  /// The entity's quantity and device; nullptr where its name tells no quantity.
  LongName *entity(std::string_view text);

private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  template <class T> using Map = std::unordered_map<std::string, T, Hash, std::equal_to<>>;
  Map<LongName> m_quantities;
  Map<std::optional<LongName>> m_entities;
};

} // namespace meteorograph
