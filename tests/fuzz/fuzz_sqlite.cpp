// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/Fuzz.h"
#include "tests/fuzz/HostileDatabase.h"
#include "tests/fuzz/ReaderLaws.h"
#include "tests/support/ParserHarness.h"
#include "tests/support/SqliteFile.h"

#include <QTemporaryDir>

namespace {

const QTemporaryDir &folder() {
  static const QTemporaryDir made;
  return made;
}

std::string pathOf(const char *name) { return folder().filePath(QString::fromLatin1(name)).toStdString(); }

std::string archive() {
  SqliteFile(pathOf("archive")).execute(weewxSchema() + weewxRows(1, 40));
  return readFile(pathOf("archive"));
}

} // namespace

/// The first byte says how much is read at a time; what follows, what becomes of a weather station's archive.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  static const std::string image = archive();
  if (size < 2)
    return 0;
  writeHostileDatabase(pathOf("station.sdb"), image, Bytes(viewOf(data + 1, size - 1)));
  requireReaderLaws(pathOf("station.sdb"), std::size_t{data[0]} + 1);
  return 0;
}
