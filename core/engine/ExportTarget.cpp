// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/ExportTarget.h"

#include "core/engine/SourceLoop.h"
#include "core/source/readers/Container.h"
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

Result<void> checkExportTarget(const std::string &path, const std::string &store) {
  if (!store.empty())
    for (const std::string &own : filesOfStore(store))
      if (isSame(path, own))
        return refuse(path, "it is the store that is exported, or a part of it");
  std::error_code error;
  if (isDatabase(path))
    return refuse(path, "it is a database; an export does not replace one");
  if (store.empty() || !std::filesystem::exists(path, error))
    return {};
  const Result<std::unique_ptr<StoreReader>> reader = StoreReader::open(store);
  if (!reader)
    return tl::unexpected(reader.error());
  const Result<bool> taken = (*reader)->hasTakenIn(path);
  if (!taken)
    return tl::unexpected(taken.error());
  if (*taken)
    return refuse(path, "the store has read it; an export does not replace its sources");
  return {};
}

} // namespace meteorograph
