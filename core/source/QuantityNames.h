// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/FieldRoles.h"

#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// A header's name and what it says besides: `Temp, °C (LGR S/N: 1, LBL: roof)`.
struct HeaderName {
  std::string name;  ///< "Temp"
  Unit unit;         ///< °C
  std::string label; ///< "roof"
};
HeaderName splitHeader(std::string_view header);

/// What the words of a name say of the three quantities.
struct KnownQuantity {
  Canonical quantity = Canonical::None;
  int rank = 0; ///< the smaller, the plainer the name
  Unit unit;    ///< as stated, or as the name's end says
  /// What it may be all the same, where `quantity` is None: `T_out`, or `temp_1` if there is a temp_2.
  Canonical maybe = Canonical::None;
  std::string number; ///< "1" of `temp_1`
};
/// `words` as wordsOf() gives them; `stated`: the unit that the header or a mapping states, if any.
KnownQuantity recogniseQuantity(std::vector<std::string> words, const Unit &stated);

/// The one number among the words, which it is taken from together with the word it counts ("sensor");
/// empty when there is none, or more than one.
std::string takeNumber(std::vector<std::string> &words);

/// Leaves out sensor chips at either end, unless nothing would be left.
void leaveOutChips(std::vector<std::string> &words);

} // namespace meteorograph
