// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Application.h"

#include "app/CommandSupport.h"
#include "app/StopSignal.h"
#include "ui/MainWindow.h"
#include "ui/Theme.h"
#include "ui/panels/ViewerBar.h"
#include "ui/settings/Settings.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QLoggingCategory>
#include <QPaintEvent>
#include <QSocketNotifier>
#include <QTranslator>

namespace meteorograph {

using ui::Setting;

namespace {
// Told with QT_LOGGING_RULES="meteorograph.start.debug=true", for who measures the start.
Q_LOGGING_CATEGORY(startLog, "meteorograph.start", QtWarningMsg)

/// Tells when the window's first picture is on the screen.
class FirstPaint : public QObject {
public:
  explicit FirstPaint(QWidget &window) : m_window(window) { window.installEventFilter(this); }

private:
  bool eventFilter(QObject *, QEvent *event) override {
    if (event->type() != QEvent::Paint)
      return false;
    m_window.removeEventFilter(this);
    QMetaObject::invokeMethod(
        this, [] { qCDebug(startLog, "window painted"); }, Qt::QueuedConnection);
    return false;
  }
  QWidget &m_window;
};
} // namespace

Application::Application(ui::Settings &settings, ui::MainWindow &window)
    : m_settings(settings), m_window(window) {
  QObject::connect(&window, &ui::MainWindow::openStoreRequested, &window,
                   [this](const QString &path) { open(planFor(path.toStdString())); });
  QObject::connect(&window, &ui::MainWindow::demoRequested, &window, [this] {
    SessionPlan plan = planFor({});
    plan.demo = true;
    open(plan);
  });
  QObject::connect(&window, &ui::MainWindow::openPathsRequested, &window,
                   [this](const QStringList &paths) { openPaths(paths); });
}

Application::~Application() {
  m_window.setClient(nullptr, {});
  m_client.reset();
  m_session.reset();
}

SessionPlan Application::planFor(const std::string &store) const {
  SessionPlan plan;
  plan.store = store.empty() ? defaultStorePath() : store;
  plan.allowed_lateness_us = m_settings.value(Setting::LatenessSeconds).toLongLong() * kSecond;
  return plan;
}

void Application::start(const WindowOptions &options) {
  const std::string last = m_settings.value(Setting::LastStore).toString().toStdString();
  SessionPlan plan = planFor(options.store.empty() ? last : options.store);
  plan.demo = options.demo;
  plan.follow = options.folders;
  begin(plan);
}

void Application::open(const SessionPlan &plan) {
  m_window.setClient(nullptr, {});
  m_client.reset();
  if (!m_session)
    return begin(plan);
  // The store that is open may be the one that is asked for: it must be free first.
  m_session->close([this, plan] { begin(plan); });
}

void Application::begin(const SessionPlan &plan) {
  m_session.reset();
  m_demo = plan.demo;
  m_window.showMessage(plan.demo ? QApplication::translate("Application", "Starting the demo…")
                                 : QApplication::translate("Application", "Opening the store…"),
                       false);
  m_session = std::make_unique<StoreSession>(
      plan, [this, plan](const Result<StoreSession::Opened> &result) { opened(plan, result); });
}

void Application::opened(const SessionPlan &plan, const Result<StoreSession::Opened> &result) {
  if (!result) {
    m_window.showMessage(QString::fromStdString(result.error().message), true);
    return;
  }
  const QString store = QString::fromStdString(result->store);
  if (!plan.demo) {
    m_settings.set(Setting::LastStore, store);
    m_settings.addRecent(Setting::RecentStores, store);
  }
  m_client = std::make_unique<ui::EngineClient>(result->port);
  m_window.setClient(m_client.get(), store);
  if (const std::optional<Viewing> viewing = m_client->viewing(); viewing && !plan.follow.empty())
    m_window.tellError(QApplication::translate(
                           "Application", "%1 is not followed before this window takes the store over. %2")
                           .arg(QString::fromStdString(plan.follow.front()), ui::refusalText(*viewing)));
}

void Application::openPaths(const QStringList &paths) {
  if (m_client && !m_demo) {
    m_client->follow(paths);
    m_window.controller().tick();
    return;
  }
  // A demo's store vanishes with it: what is opened goes to a store that stays.
  SessionPlan plan = planFor(m_settings.value(Setting::LastStore).toString().toStdString());
  for (const QString &path : paths)
    plan.follow.push_back(path.toStdString());
  open(plan);
}

int runWindow(int argc, char **argv, const WindowOptions &options) {
  const StopSignal stop; // before any thread is made
  QApplication application(argc, argv);
  QApplication::setApplicationName(QStringLiteral("meteorograph"));
  QApplication::setApplicationVersion(QStringLiteral(METEOROGRAPH_VERSION));
  QApplication::setDesktopFileName(QStringLiteral("meteorograph"));
  QTranslator translator;
  if (translator.load(QLocale(), QStringLiteral("meteorograph"), QStringLiteral("_"),
                      QStringLiteral(":/translations")))
    QApplication::installTranslator(&translator);
  QTranslator qtTranslator;
  if (qtTranslator.load(QLocale(), QStringLiteral("qtbase"), QStringLiteral("_"),
                        QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
    QApplication::installTranslator(&qtTranslator);
  ui::applyFont(ui::windowFont());
  ui::Settings settings(ui::Settings::defaultPath());
  ui::MainWindow window(settings);
  Application wiring(settings, window);
  QSocketNotifier signalled(stop.descriptor(), QSocketNotifier::Read);
  QObject::connect(&signalled, &QSocketNotifier::activated, &window, [&signalled, &window] {
    signalled.setEnabled(false);
    window.close(); // keeps the session
    QApplication::quit();
  });
  // The end of the desktop's session: a signal follows, or a person stays after all.
  QObject::connect(&application, &QGuiApplication::commitDataRequest, &window,
                   [&window] { window.saveSession(); });
  FirstPaint firstPaint(window);
  window.show();
  wiring.start(options);
  return QApplication::exec();
}

} // namespace meteorograph
