// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ExportTarget.h"

#include "core/engine/SourceLoop.h"
#include "core/model/FilePlace.h"
#include "core/source/readers/Container.h"
#include "core/store/Schema.h"
#include "core/store/StoreReader.h"

#include <array>
#include <filesystem>
#include <fstream>

namespace meteorograph {

namespace {

tl::unexpected<Error> refuse(const std::string &path, const std::string &reason) {
  return fail(ErrorCode::Unwritable, "cannot write " + path + ": " + reason);
}

/// By device and inode; a file that is not there yet by its place.
bool isSame(const std::string &one, const std::string &other) {
  std::error_code error;
  if (std::filesystem::equivalent(one, other, error))
    return true;
  const auto place = [&error](const std::string &path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  };
  return place(one) == place(other) && !error;
}

bool isDatabase(const std::string &path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    return false;
  std::array<char, kSniffedBytes> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  return containerOf({head.data(), static_cast<std::size_t>(file.gcount())}) == Container::Sqlite;
}

} // namespace

namespace {

Result<void> refuseOwn(const std::string &path, const std::string &store, const char *use) {
  for (const std::string &own : filesOfStore(store))
    if (isSame(path, own))
      return refuse(path, std::string("it is the store that is ") + use + ", or a part of it");
  return {};
}

Result<void> refuseTakenIn(const std::string &path, const std::string &store) {
  std::error_code error;
  if (store.empty() || !std::filesystem::exists(path, error))
    return {};
  const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(store);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<bool> taken = (*reader)->hasTakenIn(path);
  if (!taken)
    return tl::unexpected(taken.error());
  if (*taken)
    return refuse(path, "the store has read it; sources are not replaced");
  return {};
}

/// A log that is left beside it would be taken for the new file's.
Result<void> refuseLeftovers(const std::string &path) {
  std::error_code error;
  const auto isThere = [&error](const std::string &file, std::uintmax_t least) {
    const std::uintmax_t size = std::filesystem::file_size(file, error);
    return !error && size >= least;
  };
  for (const auto &[suffix, least] : {std::pair{"-lock", 0}, {"-wal", 1}, {"-journal", 1}})
    if (isThere(path + suffix, static_cast<std::uintmax_t>(least)))
      return refuse(path,
                    "a program has it open, or has not closed it cleanly (" + path + suffix + " is there)");
  return {};
}

} // namespace

Result<void> checkExportTarget(const std::string &path, const std::string &store) {
  if (!store.empty())
    if (Result<void> own = refuseOwn(path, store, "exported"); !own)
      return own;
  if (isDatabase(path))
    return refuse(path, "it is a database; an export does not replace one");
  return refuseTakenIn(path, store);
}

Result<void> checkCopyTarget(const std::string &path, const std::string &store, bool replace) {
  std::error_code error;
  if (Result<void> own = refuseOwn(path, store, "copied"); !own)
    return own;
  if (Result<void> free = refuseLeftovers(path); !free)
    return free;
  if (!std::filesystem::exists(path, error))
    return {};
  if (!std::filesystem::is_regular_file(path, error))
    return refuse(path, "it is no ordinary file");
  if (isPlantedLink(path))
    return refuse(path, "it is another user's link to what is not his");
  if (Result<void> taken = refuseTakenIn(path, store); !taken)
    return taken;
  if (replace || (isDatabase(path) && checkStoreFile(path, false)))
    return {};
  return refuse(path, "it is there and is no store of ours; --replace overwrites it");
}

Result<void> checkNewTarget(const std::string &path, const std::string &store) {
  std::error_code error;
  if (Result<void> own = refuseOwn(path, store, "repaired"); !own)
    return own;
  if (std::filesystem::exists(std::filesystem::symlink_status(path, error)))
    return refuse(path, "it is there already");
  return refuseLeftovers(path);
}

} // namespace meteorograph
