// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FileListing.h"
#include "core/source/FolderScan.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace meteorograph;

/// The order in which files are listed, and that in which they are taken.
class tst_FileListing : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void takesByTimeThenByPath();
  void takesAPathOnce();
  void keepsWhatIsWanted();
  void listsInTheOrderOfPaths();
  void listsWhatLinksLeadToAtTheEndAndOnce();
};

namespace {

std::vector<std::string> takeAll(FileListing &listing) {
  std::vector<std::string> paths;
  while (!listing.empty())
    paths.push_back(listing.take());
  return paths;
}

void touch(const QTemporaryDir &folder, const char *name) {
  const QString path = folder.filePath(name);
  QVERIFY(QDir().mkpath(QFileInfo(path).path()));
  QFile file(path);
  QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
}

std::vector<std::string> listed(const std::string &root) {
  std::vector<std::string> paths;
  FolderScan scan;
  scan.file = [&](const std::string &path, const FileIdentity &) {
    paths.push_back(path.substr(root.size() + 1));
  };
  scan.failed = [](const std::string &, const Error &error) { QFAIL(error.message.c_str()); };
  scan.run(root);
  return paths;
}

} // namespace

void tst_FileListing::takesByTimeThenByPath() {
  FileListing listing;
  listing.add("/a/b/2", 5, 10);
  listing.add("/a/b/1", 5, 10);
  listing.add("/a/b.txt", 5, 10);
  listing.add("/a/c/1", 4, 10);
  listing.add("/a/b/c/1", 5, 10);
  listing.add("/a/b/3", 3, 10);
  listing.sort();
  QCOMPARE(listing.files(), 6);
  QCOMPARE(listing.bytes(), 60);
  const std::vector<std::string> expected{"/a/b/3", "/a/c/1", "/a/b.txt", "/a/b/1", "/a/b/2", "/a/b/c/1"};
  QCOMPARE(takeAll(listing), expected);
  QCOMPARE(listing.bytes(), 0);
}

void tst_FileListing::takesAPathOnce() {
  FileListing listing;
  for (const char *path : {"/a/1", "/b/1", "/a/1", "/a/2"})
    listing.add(path, 7, 10);
  listing.sort();
  QCOMPARE(listing.bytes(), 30);
  QCOMPARE(takeAll(listing), (std::vector<std::string>{"/a/1", "/a/2", "/b/1"}));
}

void tst_FileListing::keepsWhatIsWanted() {
  FileListing listing;
  for (const char *path : {"/a/1", "/a/2", "/b/1", "/b/2"})
    listing.add(path, 7, 10);
  listing.sort();
  QCOMPARE(listing.take(), std::string("/a/1"));
  listing.keep([](const std::string &path) { return path.starts_with("/b"); });
  QCOMPARE(listing.files(), 2);
  QCOMPARE(listing.bytes(), 20);
  QCOMPARE(takeAll(listing), (std::vector<std::string>{"/b/1", "/b/2"}));
}

void tst_FileListing::listsInTheOrderOfPaths() {
  const QTemporaryDir folder;
  for (const char *name : {"a/x", "a.txt", "a-b/y", "a0", "b", "a/deep/er/z", ".hidden", "_also/w"})
    touch(folder, name);
  const std::string root = folder.path().toStdString();
  const std::vector<std::string> paths = listed(root);
  QCOMPARE(paths, (std::vector<std::string>{"a-b/y", "a.txt", "a/deep/er/z", "a/x", "a0", "b"}));
  QVERIFY(std::is_sorted(paths.begin(), paths.end()));
}

void tst_FileListing::listsWhatLinksLeadToAtTheEndAndOnce() {
  const QTemporaryDir folder;
  for (const char *name : {"tree/m/1", "tree/z/2", "other/3"})
    touch(folder, name);
  const std::string base = QDir(folder.path()).canonicalPath().toStdString();
  QVERIFY(QFile::link(folder.filePath("other"), folder.filePath("tree/a")));
  QVERIFY(QFile::link(folder.filePath("other"), folder.filePath("tree/b")));
  QVERIFY(QFile::link(folder.filePath("tree"), folder.filePath("tree/m/up")));
  std::vector<std::string> paths;
  FolderScan scan;
  scan.file = [&](const std::string &path, const FileIdentity &) {
    paths.push_back(path.substr(base.size()));
  };
  scan.failed = [](const std::string &, const Error &error) { QFAIL(error.message.c_str()); };
  scan.run(base + "/tree");
  QCOMPARE(paths, (std::vector<std::string>{"/tree/m/1", "/tree/z/2", "/other/3"}));
}

METEOROGRAPH_TEST(tst_FileListing)
#include "tst_FileListing.moc"
