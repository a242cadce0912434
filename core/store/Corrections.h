// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/StoreWriter.h"

#include <atomic>
#include <functional>
#include <optional>
#include <string>

namespace meteorograph {

/// What one correction did.
struct Corrected {
  CommitReport commit; ///< what it brought in anew
  std::int64_t readings_before = 0;
  std::int64_t readings_after = 0;
};

/// Changes of what was already taken in. Each is one transaction with every window that it touches:
/// whatever happens, the store holds what was before or what is after. Run on the writer's thread
/// while nothing else is on its way to the store; each leaves a "note" event.
class Corrections {
public:
  /// Setting `cancelled` ends a correction under way, which then has changed nothing.
  Corrections(StoreWriter &writer, const std::atomic<bool> &cancelled);

  Result<FileCheckpoint> file(std::int64_t id);
  Result<std::string> mappingFor(const std::string &path); ///< see FileCatalog

  using Sink = std::function<bool(FileBatch &&)>;
  /// Hands everything that is to be taken in to the sink, until that says no.
  using Fill = std::function<Result<void>(const Sink &)>;
  /// Takes in what `fill` hands over, all or nothing.
  Result<Corrected> takeTogether(const Fill &fill);
  /// The readings of a file are those that `fill` hands over from now on. Whether one of them is late
  /// is judged within the file alone, as if no other had been read before it.
  Result<Corrected> replaceReadings(const FileCheckpoint &file, const Fill &fill);
  /// The file's readings and rejects go; its row stays, so that it is not read again.
  Result<Corrected> removeReadings(const FileCheckpoint &file);
  Result<Corrected> leaveOutDuplicates(std::int64_t source_id, bool leave_out);
  /// Fails with Usage where the name cannot be a device's or is another's.
  Result<Corrected> renameDevice(DeviceId id, const std::string &name);
  Result<Corrected> mergeDevices(DeviceId from, DeviceId into);
  Result<Corrected> setLimits(QuantityId id, const QuantityLimits &limits);
  /// Writes an annotation: a new one where its id is 0. Fails with Usage where it says nothing, too much,
  /// or ends before it begins.
  Result<Corrected> saveAnnotation(const Annotation &annotation);
  Result<Corrected> removeAnnotation(std::int64_t id);
  /// Whether the device's values hold until the next one, because it records only changes.
  Result<Corrected> setHolding(DeviceId id, bool holds);

private:
  using Change = std::function<bool(Corrected &)>;
  Result<Corrected> run(const Change &change);
  bool refuse(ErrorCode code, std::string message);
  bool note(const std::string &text);
  bool take(const Fill &fill, Corrected &done);
  bool takeOut(std::int64_t file_id, Corrected &done);
  bool lowerWatermarks(const std::vector<DeviceId> &devices);
  bool finish(Corrected &done);
  bool dropEmptyDevices(const std::vector<DeviceId> &devices);
  bool joinDevices(DeviceId from, DeviceId into);
  bool checkName(DeviceId id, const std::string &name);
  std::string nameOf(DeviceId id);
  std::int64_t readingsOf(DeviceId id);

  StoreWriter &m_writer;
  Database &m_database;
  const std::atomic<bool> &m_cancelled;
  std::optional<Error> m_refusal; ///< of the change under way: no failure of SQLite
};

} // namespace meteorograph
