// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ByteReader.h"

#include "core/source/readers/AvroReader.h"
#include "core/source/readers/Container.h"
#include "core/source/readers/GzipReader.h"
#include "core/source/readers/PlainReader.h"
#include "core/source/readers/SqliteReader.h"
#include "core/source/readers/Utf16Reader.h"
#include "core/source/readers/ZstdReader.h"

#include <array>
#include <sys/stat.h>

namespace meteorograph {

namespace {

/// Something packed in something packed is as deep as files really are.
constexpr int kMaxLayers = 3;

/// What the content begins with. Content that cannot be read tells so when it is read.
Result<Container> sniff(ByteReader &reader) {
  std::array<char, kSniffedBytes> head{};
  const Result<std::size_t> got = reader.read(head.data(), head.size());
  const Result<bool> back = reader.seek(0);
  if (!back)
    return tl::unexpected(back.error());
  return got ? containerOf({head.data(), *got}) : Container::None;
}

} // namespace

FileIdentity identityOf(const struct stat &status) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return {status.st_dev, status.st_ino, status.st_size,
          status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec,
          status.st_ctim.tv_sec * kNanoseconds + status.st_ctim.tv_nsec};
}

Result<std::unique_ptr<ByteReader>> ByteReader::open(const std::string &path) {
  Result<std::unique_ptr<ByteReader>> reader = PlainReader::open(path);
  for (int layer = 0; reader && layer < kMaxLayers; ++layer) {
    const Result<Container> container = sniff(**reader);
    if (!container)
      return tl::unexpected(container.error());
    switch (*container) {
    case Container::None:
      return reader;
    case Container::Gzip:
      reader = std::make_unique<GzipReader>(std::move(*reader));
      break;
    case Container::Zstd:
      reader = std::make_unique<ZstdReader>(std::move(*reader));
      break;
    case Container::Avro:
      return std::make_unique<AvroReader>(std::move(*reader));
    case Container::Sqlite:
      // Only a file of its own can be opened; within another one it is refused as binary.
      return layer == 0 ? std::make_unique<SqliteReader>(std::move(*reader)) : std::move(reader);
    case Container::Utf16Le:
    case Container::Utf16Be:
      return std::make_unique<Utf16Reader>(std::move(*reader), *container == Container::Utf16Be);
    }
  }
  return reader;
}

} // namespace meteorograph
