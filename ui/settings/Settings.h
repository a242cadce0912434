// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QVariant>

#include <memory>
#include <span>

class QSettings;

namespace meteorograph::ui {

/// One entry of the one table of settings; see Settings.cpp.
enum class Setting {
  Theme,           ///< "system", "dark" or "light"
  RefreshMs,       ///< 250 to 60,000
  LatenessSeconds, ///< allowed lateness of the watermark, used when a store is opened
  NowSource,       ///< "automatic", "clock" or "data"
  Geometry,
  SideSplitter,
  BottomSplitter,
  BottomTab,
  SideVisible,
  BottomVisible,
  TableView,    ///< of what is seen: 0 none, 1 instead of the charts, 2 beneath them
  TableSpread,  ///< it has columns of minimum and maximum
  TableAverage, ///< it has columns of the moving average
  RecentFolders,
  RecentStores,
  LastStore,
  LastFolder,
  RangeKind,         ///< "last", "all", "today", "week" or "fixed"
  RangeWidthSeconds, ///< of the live span
  RangeFromUs,       ///< of a fixed range
  RangeToUs,
  DevicesChosen, ///< the user chose; else the first few of many are shown
  HiddenDevices,
  ShownQuantities, ///< panes, by name; empty: the usual ones
  Panes,           ///< how they lie, as PaneArrangement writes it
  Average,         ///< "automatic", "15s", "60s", "8w"
  Zone,            ///< "UTC", "local" or an IANA name
  HiddenMarks,     ///< by the names of markTable()
  ExportFolder
};

struct SettingRow {
  Setting key;
  const char *name; ///< in the INI file: "group/name"
  QMetaType::Type type;
  QVariant fallback;
  double least = 0; ///< numbers outside of [least, most] count as damaged
  double most = 0;
};
std::span<const SettingRow> settingTable();

/// What the program remembers between runs, in one INI file. A missing, damaged or foreign file never
/// stops the start: what cannot be read has its default; a file that cannot be parsed is kept beside
/// as `.damaged`. GUI thread only.
class Settings {
public:
  /// The user's file: $XDG_CONFIG_HOME/meteorograph/meteorograph.ini.
  static QString defaultPath();
  explicit Settings(const QString &path);
  ~Settings();

  QVariant value(Setting key) const;
  void set(Setting key, const QVariant &value);
  /// True when the file was damaged and defaults were taken.
  bool wasDamaged() const { return m_damaged; }

  /// Puts the text first in a list setting, without doubles, at most ten.
  void addRecent(Setting list, const QString &text);

  /// Layouts: what the session says of the view (panes, devices, range, average, marks, table), kept under a
  /// name. Taking one puts it into the session; the default one is the table's.
  QStringList layouts() const;
  void keepLayout(const QString &name);
  void takeLayout(const QString &name);
  void takeDefaultLayout();
  void renameLayout(const QString &name, const QString &newName);
  void removeLayout(const QString &name);

private:
  std::unique_ptr<QSettings> m_file;
  bool m_damaged = false;
};

} // namespace meteorograph::ui
