// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/NaturalOrder.h"

#include <algorithm>

namespace meteorograph {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Takes the digits at the text's begin, which stay without leading zeros.
std::string_view takeNumber(std::string_view &text) {
  const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
  std::string_view number = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(number.size());
  number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
  return number;
}

} // namespace

bool naturallyBefore(std::string_view a, std::string_view b) {
  std::string_view left = a;
  std::string_view right = b;
  while (!left.empty() && !right.empty()) {
    if (isDigit(left.front()) && isDigit(right.front())) {
      const std::string_view one = takeNumber(left);
      const std::string_view other = takeNumber(right);
      if (one != other)
        return one.size() != other.size() ? one.size() < other.size() : one < other;
      continue;
    }
    if (left.front() != right.front())
      return std::string_view(left.data(), 1) < std::string_view(right.data(), 1);
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  if (left.empty() != right.empty())
    return left.empty();
  return a < b; // the same but for leading zeros
}

} // namespace meteorograph
