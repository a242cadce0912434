// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/SystemTheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>

namespace meteorograph::ui {

namespace {

constexpr char kService[] = "org.freedesktop.portal.Desktop";
constexpr char kPath[] = "/org/freedesktop/portal/desktop";
constexpr char kInterface[] = "org.freedesktop.portal.Settings";
constexpr char kGroup[] = "org.freedesktop.appearance";
constexpr char kKey[] = "color-scheme";
constexpr uint kPrefersDark = 1; // 0 is no preference, 2 is light
constexpr uint kPrefersLight = 2;

/// The portal wraps values in variants, once or twice depending on its age.
QVariant unwrapped(QVariant value) {
  while (value.canConvert<QDBusVariant>())
    value = value.value<QDBusVariant>().variant();
  return value;
}

} // namespace

SystemTheme::SystemTheme(QObject *parent)
    : QObject(parent), m_dark(QGuiApplication::palette().color(QPalette::Window).lightness() < 128) {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected())
    return;
  bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
              SLOT(settingChanged(QString, QString, QDBusVariant)));
  ask();
}

void SystemTheme::ask() {
  QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
  call << QString::fromLatin1(kGroup) << QString::fromLatin1(kKey);
  auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    const QDBusPendingReply<QDBusVariant> reply = *watcher;
    if (reply.isValid())
      take(reply.value().variant());
    watcher->deleteLater();
  });
}

void SystemTheme::settingChanged(const QString &group, const QString &key, const QDBusVariant &value) {
  if (group == QLatin1String(kGroup) && key == QLatin1String(kKey))
    take(value.variant());
}

void SystemTheme::take(const QVariant &preference) {
  const uint scheme = unwrapped(preference).toUInt();
  const bool dark = scheme == kPrefersDark || (scheme != kPrefersLight && m_dark);
  if (dark == m_dark)
    return;
  m_dark = dark;
  Q_EMIT changed();
}

} // namespace meteorograph::ui
