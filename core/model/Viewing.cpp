// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/Viewing.h"

namespace meteorograph {

std::string toString(const WriterIdentity &writer) {
  if (writer.pid == 0)
    return "another program";
  return "process " + std::to_string(writer.pid) + (writer.host.empty() ? "" : " on " + writer.host);
}

} // namespace meteorograph
