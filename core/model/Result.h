// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace meteorograph {

/// What kind of failure an Error is. The command line turns it into an exit code.
enum class ErrorCode {
  Usage,         ///< the caller asked for something that makes no sense
  Unreadable,    ///< a file or folder is missing, forbidden, or no sensor data
  Exhausted,     ///< the system has no more file descriptors or memory; nothing is wrong with the file
  Unwritable,    ///< a file or the disk does not take what we write
  StoreUnusable, ///< the store file is damaged, foreign or out of reach
  StoreNewer,    ///< the store was written by a newer version of the program
  StoreBusy,     ///< another writer holds the store
  Cancelled      ///< the caller withdrew the request
};

/// A failure of the surrounding world, with one clear line for a person: what happened, to which
/// file, and what can be done. A value; holds nothing.
struct Error {
  ErrorCode code = ErrorCode::Unreadable;
  std::string message;
};

/// Either a value or an Error. Bad sensor data is no Error: it is quarantined, with its reason.
template <class T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

} // namespace meteorograph
