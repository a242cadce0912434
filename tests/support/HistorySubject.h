// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/ReferenceModel.h"

#include <cstdint>
#include <memory>
#include <string>

/// What looks at the files of a history, in a folder and with a store of its own.
class HistorySubject {
public:
  virtual ~HistorySubject() = default;
  /// Whether it can be told to look as one that follows does.
  virtual bool canFollow() const { return true; }
  virtual std::string root() const = 0;
  virtual std::string store() const = 0;
  virtual void scan(ReferenceModel::Pass pass, meteorograph::TimeUs now) = 0;
  virtual void reopen() = 0;
  virtual std::string takeErrors() = 0; ///< since the last call

  /// What the store holds, in the model's words.
  ModelTables tables() const;
};

/// An ingestor that is stepped; the seed says how batches are put together.
std::unique_ptr<HistorySubject> makeSteppedSubject(std::uint32_t seed);
/// The engine with its threads, each time once.
std::unique_ptr<HistorySubject> makeEngineSubject();
