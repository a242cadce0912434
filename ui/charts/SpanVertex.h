// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace meteorograph::ui {

/// A corner of a polyline in device pixels. `arc` is the length of the line up to it; only dashes
/// read it.
struct SpanVertex {
  float x = 0;
  float y = 0;
  float arc = 0;
};

/// Upper and lower edge of a band at one place, in device pixels (y grows downwards).
struct BandVertex {
  float x = 0;
  float top = 0;
  float bottom = 0;
};

} // namespace meteorograph::ui
