// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace meteorograph::ui {

/// Which marks a picture has beside its lines. Each is explained in the picture where it occurs. A value.
struct ChartMarks {
  bool watermark = true;   ///< a dashed line, the earliest device's
  bool provisional = true; ///< a shade right of it
  bool late = true;        ///< triangles at the foot of columns that late readings repaired
  bool faults = true;      ///< rings around values that are likely faults
  bool gaps = true;        ///< hatching where a device said nothing
  bool limits = true;      ///< lines at a quantity's limits, and a shade beyond
  bool annotations = true; ///< flags and lines at what people wrote
  bool operator==(const ChartMarks &) const = default;
};

} // namespace meteorograph::ui
