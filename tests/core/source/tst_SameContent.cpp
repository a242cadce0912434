// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ContentHash.h"
#include "core/source/SameContent.h"
#include "tests/support/TestMain.h"

#include <QtTest>

#include <set>

using namespace meteorograph;

namespace {

const std::string kText = "time,temperature\n";

/// Files in memory, each with a path that holds its content or does not; counts what it is asked for.
class Catalog : public FileCatalog {
public:
  std::int64_t add(const std::string &text, const std::string &tail = {}) {
    FileCheckpoint file;
    file.id = maxId() + 1;
    file.path = "/f" + std::to_string(file.id);
    ContentHash hash;
    hash.update(text);
    file.fingerprint = hash.fingerprint();
    file.offset = static_cast<std::int64_t>(text.size());
    file.tail_bytes = static_cast<std::int64_t>(tail.size());
    file.tail_hash = tail.empty() ? 0 : ContentHash::of(tail);
    file.state = FileState::Done;
    m_files[file.id] = file;
    m_there.insert(file.path);
    return file.id;
  }
  /// The content is at the path no more, or at another.
  void lose(std::int64_t id) { m_there.erase(m_files.at(id).path); }
  void move(std::int64_t id, const std::string &path) {
    lose(id);
    m_files.at(id).path = path;
    m_there.insert(path);
  }
  bool isThere(const FileCheckpoint &file) {
    ++looks;
    return m_there.contains(file.path);
  }
  const FileCheckpoint &at(std::int64_t id) const { return m_files.at(id); }

  std::int64_t maxId() override { return static_cast<std::int64_t>(m_files.size()); }
  std::optional<FileCheckpoint> byPath(std::string_view path) override {
    for (const auto &[id, file] : m_files)
      if (file.path == path)
        return file;
    return std::nullopt;
  }
  std::optional<FileCheckpoint> byId(std::int64_t id) override {
    ++looks;
    return fails ? std::nullopt : std::optional(m_files.at(id));
  }
  std::vector<FileCheckpoint> byHead(std::uint64_t head) override {
    std::vector<FileCheckpoint> found;
    for (const auto &[id, file] : m_files)
      if (file.fingerprint.head == head && !fails)
        found.push_back(file);
    looks += static_cast<std::int64_t>(found.size());
    return found;
  }
  bool takeFailure() override { return fails; }
  bool isSettled(std::string_view, const FileIdentity &) override { return false; }
  std::vector<FileCheckpoint> byInode(std::uint64_t) override { return {}; }
  std::optional<FileCheckpoint> retiredAt(std::string_view) override { return {}; }
  std::vector<ListedFile> listBelow(const std::string &, const std::string &, std::int64_t) override {
    return {};
  }
  std::string mappingFor(std::string_view) override { return {}; }
  void forgetMappings() override {}
  void beginLook() override {}
  void endLook() override {}

  std::int64_t looks = 0; ///< files given out or looked at
  bool fails = false;

private:
  std::map<std::int64_t, FileCheckpoint> m_files;
  std::set<std::string> m_there;
};

struct Fixture {
  Catalog catalog;
  SameContent same{catalog, [this](const FileCheckpoint &file) { return catalog.isThere(file); }};

  /// The first that is not where it was.
  std::optional<FileCheckpoint> lostLike(const std::string &text) {
    for (const FileCheckpoint &file : same.candidates(text))
      if (!catalog.isThere(file))
        return file;
    return std::nullopt;
  }
};

} // namespace

class tst_SameContent : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void looksAtFewOfManyCopies();
  void givesEachLostCopyOnce();
  void findsAmongManyTheOneThatIsLostWhileTheyCome();
  void findsCopiesByTheirTails();
  void asksAgainWhatTheStoreCouldNotTell();
};

/// As files of one content come in, one after the other: the work is so many times their number.
void tst_SameContent::looksAtFewOfManyCopies() {
  constexpr std::int64_t kFiles = 5000;
  Fixture fixture;
  for (std::int64_t i = 0; i < kFiles; ++i) {
    const std::vector<FileCheckpoint> found = fixture.same.candidates(kText);
    QCOMPARE(found.empty(), i == 0);
    QVERIFY(found.size() <= 32u);
    fixture.catalog.add(kText);
  }
  QVERIFY2(fixture.catalog.looks < 8 * kFiles, qPrintable(QString::number(fixture.catalog.looks)));
}

/// A folder of copies came back under other names: each is one of those that went, not one of them twice.
void tst_SameContent::givesEachLostCopyOnce() {
  constexpr std::int64_t kFiles = 2000;
  Fixture fixture;
  for (std::int64_t i = 0; i < kFiles; ++i)
    fixture.catalog.lose(fixture.catalog.add(kText));
  std::set<std::int64_t> given;
  for (std::int64_t i = 0; i < kFiles; ++i) {
    const std::optional<FileCheckpoint> lost = fixture.lostLike(i % 2 == 0 ? kText : kText + "and more");
    QVERIFY(lost);
    QVERIFY(given.insert(lost->id).second);
    fixture.catalog.move(lost->id, "/moved" + std::to_string(i));
  }
  QVERIFY2(fixture.catalog.looks < 12 * kFiles, qPrintable(QString::number(fixture.catalog.looks)));
}

void tst_SameContent::findsAmongManyTheOneThatIsLostWhileTheyCome() {
  Fixture fixture;
  for (int i = 0; i < 100; ++i)
    fixture.catalog.add(kText);
  QVERIFY(!fixture.lostLike(kText));
  fixture.catalog.lose(40);
  fixture.same.addLost(fixture.catalog.at(40));
  const std::optional<FileCheckpoint> lost = fixture.lostLike(kText);
  QVERIFY(lost);
  QCOMPARE(lost->id, 40);
  fixture.catalog.move(40, "/other");
  QVERIFY(!fixture.lostLike(kText));
  for (const int id : {1, 2, 3}) { // without a word: found when all are looked at again
    fixture.catalog.lose(id);
    for (int i = 0; i < 100 && !fixture.lostLike(kText); ++i) {
    }
    QCOMPARE(fixture.lostLike(kText)->id, id);
    fixture.catalog.move(id, "/else" + std::to_string(id));
  }
}

void tst_SameContent::findsCopiesByTheirTails() {
  Fixture fixture;
  std::vector<std::int64_t> ids;
  for (const char *tail : {"1,2", "1,3", "1,2,3", ""}) {
    ids.push_back(fixture.catalog.add(kText, tail));
    fixture.catalog.lose(ids.back());
    fixture.same.addLost(fixture.catalog.at(ids.back()));
  }
  ids.push_back(fixture.catalog.add("", "nothing but this"));
  fixture.catalog.lose(ids.back());
  fixture.same.addLost(fixture.catalog.at(ids.back()));
  const auto found = [&](const std::string &text) {
    std::set<std::int64_t> all;
    for (const FileCheckpoint &file : fixture.same.candidates(text))
      all.insert(file.id);
    return all;
  };
  QVERIFY(found(kText + "1,3") == std::set({ids[1], ids[3]}));
  QVERIFY(found(kText + "1,2,3\n") == std::set({ids[0], ids[2], ids[3]}));
  QVERIFY(found("nothing but this") == std::set({ids[4]}));
  QVERIFY(found("nothing but").empty());
}

void tst_SameContent::asksAgainWhatTheStoreCouldNotTell() {
  Fixture fixture;
  for (int i = 0; i < 100; ++i)
    fixture.catalog.lose(fixture.catalog.add(kText));
  fixture.catalog.fails = true;
  fixture.same.setLost({fixture.catalog.at(7).path});
  QVERIFY(!fixture.same.readLost());
  QVERIFY(fixture.same.candidates(kText).empty());
  QVERIFY(fixture.same.takeFailure());
  fixture.catalog.fails = false;
  QVERIFY(fixture.same.readLost());
  QVERIFY(fixture.lostLike(kText));
  QVERIFY(fixture.lostLike(kText + "and more"));
  QVERIFY(!fixture.same.takeFailure());
}

METEOROGRAPH_TEST(tst_SameContent)
#include "tst_SameContent.moc"
