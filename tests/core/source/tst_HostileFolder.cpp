// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ByteReader.h"
#include "core/source/FolderScan.h"
#include "tests/support/SqliteFile.h"
#include "tests/support/StoreHarness.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace meteorograph;

/// Others may put into a followed folder whatever a file system knows.
class tst_HostileFolder : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void nothingButOrdinaryFilesIsListed();
  void aFileThatBecameALinkIsNotFollowed();
  void aLinkOfAnotherUserLeadsToWhatIsHisAlone();
  void noPipeBesideADatabaseIsWaitedFor_data();
  void noPipeBesideADatabaseIsWaitedFor();
  void namesOfAnyBytesAreRead();

private:
  static std::vector<std::string> listed(const std::string &folder, int failures = 0) {
    std::vector<std::string> names;
    FolderScan scan;
    scan.file = [&](const std::string &path, const FileIdentity &) {
      names.push_back(std::filesystem::path(path).filename());
    };
    scan.failed = [&](const std::string &, const Error &) { --failures; };
    scan.run(std::filesystem::canonical(folder));
    if (failures != 0)
      names.emplace_back("another number of failures");
    return names;
  }
};

void tst_HostileFolder::nothingButOrdinaryFilesIsListed() {
  const StoreHarness harness(false);
  const std::string folder = harness.path("in");
  std::filesystem::create_directory(folder);
  QCOMPARE(::mkfifo((folder + "/pipe").c_str(), 0600), 0);
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{AF_UNIX, {}};
  QVERIFY(folder.size() + 8 < sizeof address.sun_path);
  std::copy_n((folder + "/socket").c_str(), folder.size() + 8, address.sun_path);
  QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
  ::close(socket);
  for (const auto &[to, name] : {std::pair{"pipe", "to_pipe"},
                                 {"/dev/zero", "to_device"},
                                 {".", "loop"},
                                 {"itself", "itself"},
                                 {"b", "a"},
                                 {"a", "b"}})
    std::filesystem::create_symlink(to, folder + '/' + name);
  std::ofstream(folder + "/file.csv") << "time,temperature\n";
  QCOMPARE(listed(folder), std::vector<std::string>{"file.csv"});
}

void tst_HostileFolder::aFileThatBecameALinkIsNotFollowed() {
  const StoreHarness harness(false);
  const std::string path = harness.path("a.json");
  std::ofstream(path) << "{}\n";
  QVERIFY(ByteReader::open(path).has_value());
  std::ofstream(harness.path("secret")) << "{}\n";
  std::filesystem::remove(path);
  std::filesystem::create_symlink(harness.path("secret"), path);
  QVERIFY(!ByteReader::open(path));
}

void tst_HostileFolder::aLinkOfAnotherUserLeadsToWhatIsHisAlone() {
  if (::geteuid() != 0)
    QSKIP("only root can give links away");
  constexpr uid_t kOther = 12345;
  const StoreHarness harness(false);
  const std::string folder = harness.path("in");
  std::filesystem::create_directory(folder);
  for (const char *name : {"ours", "his"}) {
    std::ofstream(harness.path(name)) << "{}\n";
    std::filesystem::create_symlink(harness.path(name), folder + "/to_" + name);
    QCOMPARE(::lchown((folder + "/to_" + name).c_str(), kOther, kOther), 0);
  }
  QCOMPARE(::chown(harness.path("his").c_str(), kOther, kOther), 0);
  QCOMPARE(listed(folder, 1), std::vector<std::string>{"his"});
}

void tst_HostileFolder::noPipeBesideADatabaseIsWaitedFor_data() {
  QTest::addColumn<QString>("suffix");
  QTest::newRow("journal") << "-journal";
  QTest::newRow("log") << "-wal";
}

void tst_HostileFolder::noPipeBesideADatabaseIsWaitedFor() {
  QFETCH(QString, suffix);
  const StoreHarness harness(false);
  const std::string path = harness.path("a.db");
  SqliteFile(path).execute("CREATE TABLE r(time TEXT, temperature REAL);"
                           "INSERT INTO r VALUES('2024-01-01T00:00:00Z', 1)");
  QCOMPARE(::mkfifo((path + suffix.toStdString()).c_str(), 0600), 0);
  const Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(path);
  char text = 0;
  const Result<std::size_t> got = reader ? (*reader)->read(&text, 1) : tl::unexpected(reader.error());
  QVERIFY(!got);
  QVERIFY2(QString::fromStdString(got.error().message).contains("is no ordinary file"),
           got.error().message.c_str());
}

void tst_HostileFolder::namesOfAnyBytesAreRead() {
  StoreHarness harness;
  const std::string line = "{\"deviceId\":\"d\",\"time\":\"2024-01-01T00:00:00Z\",\"temperature\":1}\n";
  const std::vector<std::string> names{"new\nline.json",
                                       "bell\x07.json",
                                       "not\xff utf8.json",
                                       "=cmd().json",
                                       "'; DROP.json",
                                       "100%s%n?#.json",
                                       std::string(250, 'x') + ".json"};
  for (const std::string &name : names)
    harness.write(name, line);
  QVERIFY(harness.ingest());
  QCOMPARE(harness.overview().bronze_rows, static_cast<std::int64_t>(names.size()));
}

METEOROGRAPH_TEST(tst_HostileFolder)
#include "tst_HostileFolder.moc"
