// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace meteorograph::ui {

/// Whether the desktop prefers dark or light: asked of the desktop portal, without waiting for it;
/// before it has answered, or where there is none, the palette that the platform gave at the start
/// tells. GUI thread.
class SystemTheme : public QObject {
  Q_OBJECT
public:
  /// To be made before the application's palette is changed.
  explicit SystemTheme(QObject *parent = nullptr);
  bool isDark() const { return m_dark; }

Q_SIGNALS:
  void changed();

private Q_SLOTS:
  void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
  void ask();
  void take(const QVariant &preference);
  bool m_dark;
};

} // namespace meteorograph::ui
