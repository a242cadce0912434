// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace meteorograph {

/// Who writes to a store, as the lock beside it says.
struct WriterIdentity {
  std::int64_t pid = 0; ///< 0: unknown
  std::string host;
  bool operator==(const WriterIdentity &) const = default;
};

/// "process 4711 on roof-pc", or "another program".
std::string toString(const WriterIdentity &writer);

/// Why a store is only looked at.
struct Viewing {
  enum class Reason {
    OtherWriter,  ///< another program writes to it
    WriterEnded,  ///< nobody does any more: it can be taken over
    NotPermitted, ///< this user may not write to it
    ReadOnlyDisk, ///< nobody can
  };
  Reason reason = Reason::OtherWriter;
  WriterIdentity writer; ///< with OtherWriter
  bool operator==(const Viewing &) const = default;
};

} // namespace meteorograph
