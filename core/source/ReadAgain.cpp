// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ReadAgain.h"

#include "core/source/ContentCheck.h"

#include <sys/stat.h>

namespace meteorograph {

Result<FileDecision> decideToReadAgain(const FileCheckpoint &file, TimeUs now_us) {
  struct stat status {};
  if (!file.active || ::stat(file.path.c_str(), &status) != 0)
    return fail(ErrorCode::Unreadable, file.path + " is gone; its readings were left as they are");
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(file.path);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<bool> same = holdsContentOf(**reader, file);
  if (!same)
    return tl::unexpected(same.error());
  if (!*same)
    return fail(ErrorCode::Unreadable,
                file.path + " holds something else now; its readings were left as they are");
  const Result<FileIdentity> identity = (*reader)->identity();
  const Result<bool> start = (*reader)->seek(0);
  if (!identity || !start)
    return tl::unexpected(identity ? start.error() : identity.error());
  FileDecision decision;
  decision.kind = FileDecision::Kind::Read;
  FileCheckpoint &fresh = decision.step.checkpoint;
  fresh.id = file.id;
  fresh.path = file.path;
  fresh.generation = file.generation;
  fresh.mapping = file.mapping;
  fresh.own_mapping = file.own_mapping;
  fresh.identity = *identity;
  fresh.recheck = isFreshlyChanged(*identity, now_us);
  fresh.fingerprint = decision.hash.fingerprint();
  decision.reader = std::move(*reader);
  return decision;
}

Result<void> readToEnd(FileDecision &decision, const FileReader::Options &options, bool may_fail,
                       const FileReader::Sink &sink) {
  FileReader::Outcome outcome = FileReader::Outcome::MoreToRead;
  bool refused = false;
  while (outcome == FileReader::Outcome::MoreToRead)
    outcome = FileReader().read(decision, options, [&](FileBatch &&batch) {
      refused =
          refused || (batch.checkpoint.state == FileState::Failed && !may_fail) || !sink(std::move(batch));
      return !refused;
    });
  const FileCheckpoint &file = decision.step.checkpoint;
  if (file.state == FileState::Failed && !may_fail)
    return fail(ErrorCode::Unreadable, file.error);
  if (outcome == FileReader::Outcome::ReadAgain)
    return fail(ErrorCode::Unreadable,
                file.path +
                    ": its dates can be read in two ways; its mapping must say which number is the day");
  if (outcome == FileReader::Outcome::Stopped)
    return fail(ErrorCode::Cancelled, "the correction was withdrawn");
  return {};
}

} // namespace meteorograph
