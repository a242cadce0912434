// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Quantity.h"
#include "core/model/Time.h"

#include <cstdint>
#include <string>

namespace meteorograph {

/// At most so many bytes of text in an annotation.
inline constexpr std::size_t kMaxAnnotationBytes = 4000;

/// What a person wrote at a time. A value.
struct Annotation {
  std::int64_t id = 0; ///< 0: not in the store yet
  TimeUs from_us = 0;
  TimeUs to_us = kNoTime;  ///< end of a stretch of time, after from_us; kNoTime: a moment
  std::string text;        ///< UTF-8, never blank
  std::string device;      ///< name, also of one that is not in the store now; empty: about every device
  QuantityId quantity = 0; ///< 0: about every quantity
  bool operator==(const Annotation &) const = default;
};

} // namespace meteorograph
