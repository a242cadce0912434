// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/LockHolder.h"
#include "tests/support/EngineHarness.h"
#include "tests/support/StoreDump.h"
#include "tests/support/TestMain.h"

#include <QTest>

#include <filesystem>
#include <unistd.h>

using namespace meteorograph;
using Reason = Viewing::Reason;

namespace {

constexpr int kPatience = EngineHarness::kPatience;

std::string lines(int from, int to) {
  std::string text;
  for (int second = from; second < to; ++second)
    text += jsonLine("d", second, 20 + second % 5);
  return text;
}

Result<std::unique_ptr<Engine>> tryOpen(const std::string &store) {
  EngineOptions options;
  options.store_path = store;
  return Engine::open(options);
}

/// Opens the store as the window does where it cannot write to it.
Result<std::unique_ptr<Engine>> view(const std::string &store) {
  EngineOptions options;
  options.store_path = store;
  Result<std::unique_ptr<Engine>> engine = Engine::open(options);
  return engine ? std::move(engine) : Engine::view(options, engine.error());
}

/// Asks an engine and waits for the answer.
template <class T> Result<T> answer(const std::function<void(std::function<void(Result<T>)>)> &ask) {
  const auto promise = std::make_shared<std::promise<Result<T>>>();
  ask([promise](Result<T> result) { promise->set_value(std::move(result)); });
  return promise->get_future().get();
}

std::int64_t readingsOf(Engine &engine) {
  const Result<Overview> overview =
      answer<Overview>([&](auto handler) { engine.requestOverview(std::move(handler)); });
  return overview ? overview->readings : -1;
}

Result<void> takeOver(Engine &engine) {
  return answer<void>([&](auto handler) { engine.takeOver(std::move(handler)); });
}

/// Somebody else than who may do everything, for as long as it lives.
class OtherUser {
public:
  OtherUser() : m_root(::geteuid() == 0) {
    [[maybe_unused]] const int done = m_root ? ::seteuid(kNobody) : 0;
  }
  ~OtherUser() { [[maybe_unused]] const int done = m_root ? ::seteuid(0) : 0; }

private:
  static constexpr uid_t kNobody = 65534;
  bool m_root;
};

} // namespace

class tst_Viewer : public QObject {
  Q_OBJECT

  std::unique_ptr<EngineHarness> m_writer;

private Q_SLOTS:
  void init() { m_writer = std::make_unique<EngineHarness>(); }

  void saysWhoWrites() {
    const Result<std::unique_ptr<Engine>> second = tryOpen(m_writer->store());
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::StoreBusy);
    const std::string writer = "process " + std::to_string(::getpid()) + " on ";
    QVERIFY2(second.error().message.find(writer) != std::string::npos, second.error().message.c_str());

    const Result<std::unique_ptr<Engine>> viewer = view(m_writer->store());
    QVERIFY(viewer);
    const std::optional<Viewing> viewing = (*viewer)->viewing();
    QVERIFY(viewing);
    QCOMPARE(viewing->reason, Reason::OtherWriter);
    QCOMPARE(viewing->writer.pid, std::int64_t{::getpid()});
    QVERIFY(!viewing->writer.host.empty());
    QVERIFY(!(*viewer)->status().writable);
    QVERIFY(!m_writer->engine().viewing());
  }

  void saysSoByWhateverNameTheStoreIsOpened() {
    const std::string link = m_writer->store() + ".link";
    std::filesystem::create_symlink(m_writer->store(), link);
    const Result<std::unique_ptr<Engine>> second = tryOpen(link);
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::StoreBusy);
    QVERIFY(view(link));
  }

  void followsWhatTheWriterCommits() {
    const Result<std::unique_ptr<Engine>> viewer = view(m_writer->store());
    QVERIFY(viewer);
    QCOMPARE(readingsOf(**viewer), 0);
    m_writer->write("a.json", lines(0, 10));
    QVERIFY(m_writer->ingest("a.json"));
    QCOMPARE(readingsOf(**viewer), 10);
    const std::int64_t revision = m_writer->overview().revision;
    QTRY_COMPARE_WITH_TIMEOUT((*viewer)->status().revision, revision, kPatience);
  }

  void followsWhatItWasAskedToOnceItHasTakenOver() {
    const Result<std::unique_ptr<Engine>> viewer = view(m_writer->store());
    QVERIFY(viewer);
    m_writer->write("later/a.json", lines(0, 10));
    (*viewer)->follow({m_writer->path("later")});
    m_writer->engine().stop();
    QTRY_VERIFY_WITH_TIMEOUT(takeOver(**viewer).has_value(), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(readingsOf(**viewer), 10, kPatience);
  }

  void saysThatItsStoreWasReplaced() {
    m_writer->write("a.json", lines(0, 10));
    QVERIFY(m_writer->ingest("a.json"));
    const Result<std::unique_ptr<Engine>> viewer = view(m_writer->store());
    QVERIFY(viewer);
    QCOMPARE(readingsOf(**viewer), 10);
    EngineHarness other;
    other.engine().stop();
    m_writer->engine().stop();
    std::filesystem::rename(other.store(), m_writer->store());
    QTRY_VERIFY_WITH_TIMEOUT((*viewer)->status().state == EngineStatus::State::Failed, kPatience);
    QVERIFY((*viewer)->status().error.find(m_writer->store()) != std::string::npos);
    QVERIFY(!takeOver(**viewer));
    QVERIFY((*viewer)->viewing());
  }

  void whatWritesSaysWhyItCannot_data() {
    using Ask = std::function<void(Engine &, Engine::CorrectionHandler)>;
    QTest::addColumn<Ask>("ask");
    const auto add = [](const char *name, Ask ask) { QTest::newRow(name) << std::move(ask); };
    add("remove files", [](Engine &e, auto h) { e.removeFiles({1}, std::move(h)); });
    add("remove a source", [](Engine &e, auto h) { e.removeSourceWithReadings(1, std::move(h)); });
    add("map", [](Engine &e, auto h) { e.applyMapping({1}, {}, std::move(h)); });
    add("change a source", [](Engine &e, auto h) { e.changeSource(1, {}, std::move(h)); });
    add("rename", [](Engine &e, auto h) { e.renameDevice(1, "x", std::move(h)); });
    add("merge", [](Engine &e, auto h) { e.mergeDevices(1, 2, std::move(h)); });
    add("limits", [](Engine &e, auto h) { e.setLimits(1, {}, std::move(h)); });
    add("annotate", [](Engine &e, auto h) { e.saveAnnotation({}, std::move(h)); });
    add("delete an annotation", [](Engine &e, auto h) { e.removeAnnotation(1, std::move(h)); });
    add("hold", [](Engine &e, auto h) { e.setHolding(1, true, std::move(h)); });
    add("retention", [](Engine &e, auto h) {
      e.setRetention({}, [h](const Result<RetentionStatus> &done) {
        h(done ? Result<CorrectionReport>() : tl::unexpected(done.error()));
      });
    });
  }
  void whatWritesSaysWhyItCannot() {
    using Ask = std::function<void(Engine &, Engine::CorrectionHandler)>;
    QFETCH(Ask, ask);
    m_writer->write("a.json", lines(0, 10));
    QVERIFY(m_writer->ingest("a.json"));
    const std::string before = m_writer->tables();
    const Result<std::unique_ptr<Engine>> viewer = view(m_writer->store());
    QVERIFY(viewer);
    const Result<CorrectionReport> done =
        answer<CorrectionReport>([&](auto handler) { ask(**viewer, std::move(handler)); });
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::StoreBusy);
    QVERIFY2(done.error().message.find("only viewed") != std::string::npos, done.error().message.c_str());
    QCOMPARE(m_writer->tables(), before);
  }

  void aViewerReadsNoFiles() {
    m_writer->write("a.json", lines(0, 10));
    const Result<std::unique_ptr<Engine>> viewer = view(m_writer->store());
    QVERIFY(viewer);
    const Result<IngestReport> report = (*viewer)->ingest({m_writer->path("a.json")}, false);
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::StoreBusy);
    (*viewer)->follow({m_writer->path("")});
    QVERIFY(!(*viewer)->followReport().errors.empty());
    QCOMPARE(m_writer->readings(), 0);
  }

  void isNotTakenOverWhileThereIsAWriter() {
    const Result<std::unique_ptr<Engine>> viewer = view(m_writer->store());
    QVERIFY(viewer);
    const Result<void> taken = takeOver(**viewer);
    QVERIFY(!taken);
    QCOMPARE(taken.error().code, ErrorCode::StoreBusy);
    QVERIFY((*viewer)->viewing());
    m_writer->write("a.json", lines(0, 3));
    QVERIFY(m_writer->ingest("a.json"));
    QCOMPARE(readingsOf(**viewer), 3);
  }

  void takesOverAndFollowsOnWhenTheWriterEnds() {
    EngineHarness whole; // what one writer makes of the same files
    whole.write("a.json", lines(0, 10));
    whole.write("b.json", lines(10, 20));
    QVERIFY(whole.ingest(""));

    const Result<std::unique_ptr<Engine>> first = tryOpen(m_writer->path("s"));
    QVERIFY(first);
    m_writer->write("data/a.json", lines(0, 6));
    (*first)->follow({m_writer->path("data")});
    const Result<std::unique_ptr<Engine>> viewer = view(m_writer->path("s"));
    QVERIFY(viewer);
    QTRY_COMPARE_WITH_TIMEOUT(readingsOf(**viewer), 6, kPatience);
    (*first)->stop();
    QTRY_COMPARE_WITH_TIMEOUT((*viewer)->viewing()->reason, Reason::WriterEnded, kPatience);
    m_writer->append("data/a.json", lines(6, 10)); // while nobody reads

    const Result<void> taken = takeOver(**viewer);
    QVERIFY2(taken, taken ? "" : taken.error().message.c_str());
    QVERIFY(!(*viewer)->viewing());
    QTRY_COMPARE_WITH_TIMEOUT(readingsOf(**viewer), 10, kPatience);
    m_writer->write("data/b.json", lines(10, 20));
    QTRY_COMPARE_WITH_TIMEOUT(readingsOf(**viewer), 20, kPatience);
    QVERIFY((*viewer)->status().writable);
    (*viewer)->stop();
    QCOMPARE(dumpStore(**StoreReader::open(m_writer->path("s")), false),
             dumpStore(**StoreReader::open(whole.store()), false));
    QCOMPARE(storeInconsistency(m_writer->path("s")), QString());
  }

  void ofTwoViewersOneTakesOver() {
    const Result<std::unique_ptr<Engine>> first = tryOpen(m_writer->path("s"));
    QVERIFY(first);
    const Result<std::unique_ptr<Engine>> one = view(m_writer->path("s"));
    const Result<std::unique_ptr<Engine>> other = view(m_writer->path("s"));
    QVERIFY(one && other);
    (*first)->stop();
    QVERIFY(takeOver(**one));
    QVERIFY(!takeOver(**other));
    QTRY_VERIFY_WITH_TIMEOUT((*other)->viewing()->reason == Reason::OtherWriter, kPatience);
  }

  void whoAsksForTheHolderKeepsNobodyOut() {
    const std::string store = m_writer->path("s");
    std::atomic<bool> stop{false};
    std::thread asking([&] {
      while (!stop)
        (void)holderOfLock(store);
    });
    int opened = 0;
    for (int i = 0; i < 20; ++i)
      opened += tryOpen(store).has_value();
    stop = true;
    asking.join();
    QCOMPARE(opened, 20);
    QVERIFY(!holderOfLock(store));
  }

  void aStoreOfAnotherUserIsViewed() {
    const std::string folder = m_writer->path("of another");
    const std::string store = folder + "/s";
    m_writer->write("of another/a.json", lines(0, 10));
    const auto read = [&](const std::string &name) {
      const Result<std::unique_ptr<Engine>> engine = tryOpen(store);
      return engine && (*engine)->ingest({folder + '/' + name}, false);
    };
    QVERIFY(read("a.json"));
    using std::filesystem::perms;
    const auto permit = [&](unsigned folderMode, unsigned storeMode) {
      std::filesystem::permissions(m_writer->path(""), perms{0755});
      std::filesystem::permissions(store, perms{storeMode});
      std::filesystem::permissions(folder, perms{folderMode});
    };
    permit(0555, 0444);
    Result<std::unique_ptr<Engine>> viewer;
    {
      const OtherUser user;
      viewer = view(store);
    }
    QVERIFY2(viewer, viewer ? "" : viewer.error().message.c_str());
    QCOMPARE((*viewer)->viewing()->reason, Reason::NotPermitted);
    QCOMPARE(readingsOf(**viewer), 10);
    {
      const OtherUser user;
      const Result<void> taken = takeOver(**viewer);
      QVERIFY(!taken);
      QVERIFY2(taken.error().message.find("Permission denied") != std::string::npos,
               taken.error().message.c_str());
    }
    permit(0755, 0644);
    m_writer->write("of another/b.json", lines(10, 30)); // what its owner adds
    QVERIFY(read("b.json"));
    QCOMPARE(readingsOf(**viewer), 30);
  }

  void aStoreThatMayNotBeReadIsRefused() {
    const std::string store = m_writer->path("s");
    QVERIFY(tryOpen(store));
    std::filesystem::permissions(m_writer->path(""), std::filesystem::perms{0755});
    const OtherUser user; // the store is its owner's alone
    if (::access(store.c_str(), F_OK) == 0 && ::eaccess(store.c_str(), R_OK) == 0)
      QSKIP("this user may read everything");
    const Result<std::unique_ptr<Engine>> viewer = view(store);
    QVERIFY(!viewer);
    QCOMPARE(viewer.error().code, ErrorCode::StoreUnusable);
  }
};

METEOROGRAPH_TEST(tst_Viewer)
#include "tst_Viewer.moc"
