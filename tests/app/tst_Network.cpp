// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/Program.h"
#include "tests/support/TestMain.h"

#include <QDir>
#include <QTest>

#include <array>
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

/// The window and `ingest --follow` talk to nobody: none of their sockets is one of the network's.
class tst_Network : public QObject {
  Q_OBJECT

  Program m_program;

  static QByteArray contentOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

  /// The numbers of the process's sockets, of whatever kind.
  static QList<QByteArray> socketsOf(qint64 process) {
    QList<QByteArray> sockets;
    const QDir folder(QStringLiteral("/proc/%1/fd").arg(process));
    for (const QString &name : folder.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)) {
      std::array<char, 64> target{};
      const QByteArray path = folder.filePath(name).toLocal8Bit();
      if (::readlink(path.constData(), target.data(), target.size() - 1) > 0 &&
          QByteArray(target.data()).startsWith("socket:["))
        sockets << QByteArray(target.data()).mid(8).chopped(1);
    }
    return sockets;
  }

  /// The lines of the network's tables that have one of those numbers.
  static QByteArrayList networkSockets(qint64 process) {
    const QList<QByteArray> own = socketsOf(process);
    QByteArrayList found;
    for (const char *table : {"tcp", "tcp6", "udp", "udp6", "raw", "raw6"})
      for (const QByteArray &line :
           contentOf(QStringLiteral("/proc/%1/net/%2").arg(process).arg(table)).split('\n'))
        if (const QByteArrayList words = line.simplified().split(' ');
            words.size() > 9 && own.contains(words[9]))
          found << table + (": " + line);
    return found;
  }

private Q_SLOTS:
  void aSocketWouldBeSeen() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    QVERIFY(::listen(socket, 1) == 0);
    QCOMPARE(networkSockets(::getpid()).size(), 1);
    ::close(socket);
  }

  void noneIsOpened_data() {
    QTest::addColumn<bool>("window");
    QTest::newRow("window") << true;
    QTest::newRow("follower") << false;
  }
  void noneIsOpened() {
    QFETCH(bool, window);
    m_program.write("data/a.json", R"({"deviceId":"d","time":"2024-01-01T00:00:00Z","temperature":1})"
                                   "\n");
    const QString store = window ? "window.store" : "follower.store";
    const auto process = window ? m_program.startWindow({"--store", store, "data"})
                                : m_program.start({"ingest", "--follow", "--store", store, "data"});
    QTRY_VERIFY_WITH_TIMEOUT(
        m_program.run({"status", "--json", "--store", store}).out.contains("\"readings\": 1"), 30'000);
    QCOMPARE(networkSockets(process->processId()), QByteArrayList());
    QCOMPARE(Program::stop(*process, SIGTERM).code, 0);
  }
};

METEOROGRAPH_TEST(tst_Network)
#include "tst_Network.moc"
