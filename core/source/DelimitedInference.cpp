// SPDX-License-Identifier: GPL-3.0-or-later
// The part of DelimitedParser that tells how the file was understood.
#include "core/source/DelimitedParser.h"

namespace meteorograph {

Inference DelimitedParser::inference() const {
  Inference inference;
  inference.format = description();
  return inference;
}

} // namespace meteorograph
