// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/sink/SinkFile.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QTest>

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

using namespace meteorograph;

class tst_TextOutput : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void aFileAppearsWholeOrNotAtAll() {
    const SinkFile file;
    Result<TextOutput> output = TextOutput::toFile(file.path());
    QVERIFY(output);
    for (int i = 0; i < 100'000; ++i)
      output->append("a line\n");
    QVERIFY(!std::filesystem::exists(file.path()));
    QVERIFY(output->finish());
    QCOMPARE(file.content().size(), 700'000);
    QCOMPARE(QDir(file.folder()).entryList(QDir::Files), QStringList{"rows"});
  }

  void anAbandonedOutputLeavesTheOldFile() {
    const SinkFile file;
    file.written([](TextOutput &output) { output.append("old"); });
    {
      Result<TextOutput> output = TextOutput::toFile(file.path());
      output->append("new");
    }
    QCOMPARE(file.content(), "old");
    QCOMPARE(QDir(file.folder()).entryList(QDir::Files), QStringList{"rows"});
  }

  void keepsTheModeAndTheLinkOfTheOldFile() {
    const SinkFile file;
    file.written([](TextOutput &output) { output.append("old"); });
    QVERIFY(::chmod(file.path().c_str(), 0640) == 0);
    const std::string link = file.path() + ".link";
    std::filesystem::create_symlink(file.path(), link);
    Result<TextOutput> output = TextOutput::toFile(link);
    QVERIFY(output && output->append("new").finish());
    QCOMPARE(file.content(), "new");
    QVERIFY(std::filesystem::is_symlink(link));
    struct stat status = {};
    QVERIFY(::stat(file.path().c_str(), &status) == 0);
    QCOMPARE(status.st_mode & 07777, 0640u);
  }

  void writesThroughNoLinkOfAnotherUser() {
    if (::geteuid() != 0)
      QSKIP("only root can give links away");
    const SinkFile file;
    file.written([](TextOutput &output) { output.append("old"); });
    const std::string link = file.path() + ".link";
    std::filesystem::create_symlink(file.path(), link);
    QCOMPARE(::lchown(link.c_str(), 12345, 12345), 0);
    QVERIFY(!TextOutput::toFile(link));
    QCOMPARE(file.content(), "old");
  }

  void tellsAFullDisk() {
    if (!std::filesystem::exists("/dev/full"))
      QSKIP("there is no /dev/full here");
    Result<TextOutput> output = TextOutput::toFile("/dev/full");
    QVERIFY(output);
    const Result<void> finished = output->append("text").finish();
    QVERIFY(!finished);
    QCOMPARE(finished.error().code, ErrorCode::Unwritable);
    QVERIFY(finished.error().message.find("/dev/full") != std::string::npos);
  }

  void tellsAFolderThatIsNotThere() {
    const SinkFile file;
    const Result<TextOutput> output = TextOutput::toFile(file.path() + "/below/rows");
    QVERIFY(!output);
    QCOMPARE(output.error().code, ErrorCode::Unwritable);
  }

  void writesIntoAPipe() {
    const SinkFile file;
    QVERIFY(::mkfifo(file.path().c_str(), 0600) == 0);
    const int reader = ::open(file.path().c_str(), O_RDONLY | O_NONBLOCK);
    QVERIFY(reader >= 0);
    Result<TextOutput> output = TextOutput::toFile(file.path());
    QVERIFY(output && output->append("through").finish());
    char text[16] = {};
    QCOMPARE(::read(reader, text, sizeof text), 7);
    ::close(reader);
    QCOMPARE(std::string(text), "through");
    QVERIFY(std::filesystem::is_fifo(file.path()));
  }
};

METEOROGRAPH_TEST(tst_TextOutput)
#include "tst_TextOutput.moc"
