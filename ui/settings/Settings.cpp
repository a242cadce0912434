// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/Settings.h"

#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

#include <cassert>

namespace meteorograph::ui {

namespace {

constexpr qsizetype kMaxRecent = 10;

const SettingRow kTable[] = {
    {Setting::Theme, "window/theme", QMetaType::QString, "system"},
    {Setting::RefreshMs, "view/refresh_ms", QMetaType::Int, 1000, 250, 60'000},
    {Setting::LatenessSeconds, "engine/allowed_lateness_s", QMetaType::Int, 600, 0, 7 * 86'400},
    {Setting::NowSource, "view/now", QMetaType::QString, "automatic"},
    {Setting::Geometry, "window/geometry", QMetaType::QByteArray, QByteArray()},
    {Setting::SideSplitter, "window/side_splitter", QMetaType::QByteArray, QByteArray()},
    {Setting::BottomSplitter, "window/bottom_splitter", QMetaType::QByteArray, QByteArray()},
    {Setting::BottomTab, "window/bottom_tab", QMetaType::Int, 0, 0, 3},
    {Setting::SideVisible, "window/side_visible", QMetaType::Bool, true},
    {Setting::BottomVisible, "window/bottom_visible", QMetaType::Bool, true},
    {Setting::TableView, "window/table", QMetaType::Int, 0, 0, 2},
    {Setting::TableSpread, "window/table_spread", QMetaType::Bool, false},
    {Setting::TableAverage, "window/table_average", QMetaType::Bool, false},
    {Setting::RecentFolders, "recent/folders", QMetaType::QStringList, QStringList()},
    {Setting::RecentStores, "recent/stores", QMetaType::QStringList, QStringList()},
    {Setting::LastStore, "session/store", QMetaType::QString, QString()},
    {Setting::LastFolder, "session/folder", QMetaType::QString, QString()},
    {Setting::RangeKind, "session/range", QMetaType::QString, "last"},
    {Setting::RangeWidthSeconds, "session/range_width_s", QMetaType::Int, 300, 1, 2'000'000'000},
    {Setting::RangeFromUs, "session/range_from_us", QMetaType::LongLong, 0LL, -1e17, 3e17},
    {Setting::RangeToUs, "session/range_to_us", QMetaType::LongLong, 0LL, -1e17, 3e17},
    {Setting::DevicesChosen, "session/devices_chosen", QMetaType::Bool, false},
    {Setting::HiddenDevices, "session/hidden_devices", QMetaType::QStringList, QStringList()},
    {Setting::ShownQuantities, "session/shown_quantities", QMetaType::QStringList, QStringList()},
    {Setting::Panes, "session/panes", QMetaType::QString, QString()},
    {Setting::Average, "session/average", QMetaType::QString, "automatic"},
    {Setting::Zone, "session/zone", QMetaType::QString, "UTC"},
    {Setting::HiddenMarks, "session/hidden_marks", QMetaType::QStringList, QStringList()},
    {Setting::ExportFolder, "export/folder", QMetaType::QString, QString()},
};

/// What a layout keeps of the session.
constexpr Setting kLayout[] = {
    Setting::RangeKind,     Setting::RangeWidthSeconds, Setting::RangeFromUs,     Setting::RangeToUs,
    Setting::DevicesChosen, Setting::HiddenDevices,     Setting::ShownQuantities, Setting::Panes,
    Setting::Average,       Setting::HiddenMarks,       Setting::TableView,       Setting::TableSpread,
    Setting::TableAverage};

const SettingRow &rowOf(Setting key) {
  for (const SettingRow &row : kTable)
    if (row.key == key)
      return row;
  assert(false && "every setting is in the table");
  return kTable[0];
}

bool inRange(const SettingRow &row, const QVariant &value) {
  if (row.least == 0 && row.most == 0)
    return true;
  const double number = value.toDouble();
  return number >= row.least && number <= row.most;
}

/// Names are free text, keys are not.
QString layoutGroup(const QString &name) {
  return QStringLiteral("layouts/") + QString::fromLatin1(name.toUtf8().toPercentEncoding());
}

/// Where a layout keeps a setting of the session.
QString layoutKey(const QString &name, Setting setting) {
  return layoutGroup(name) + QLatin1Char('/') +
         QString::fromLatin1(rowOf(setting).name).section(QLatin1Char('/'), 1);
}

} // namespace

std::span<const SettingRow> settingTable() { return kTable; }

QString Settings::defaultPath() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
         QStringLiteral("/meteorograph/meteorograph.ini");
}

Settings::Settings(const QString &path) {
  constexpr qint64 kMostBytes = 16 << 20; // a thousand layouts are less
  if (QFileInfo(path).size() <= kMostBytes) {
    m_file = std::make_unique<QSettings>(path, QSettings::IniFormat);
    m_file->allKeys(); // parses the file
    if (m_file->status() != QSettings::FormatError)
      return;
  }
  m_damaged = true;
  m_file.reset();
  QFile::remove(path + QStringLiteral(".damaged"));
  QFile::rename(path, path + QStringLiteral(".damaged"));
  m_file = std::make_unique<QSettings>(path, QSettings::IniFormat);
}

Settings::~Settings() = default;

QVariant Settings::value(Setting key) const {
  const SettingRow &row = rowOf(key);
  QVariant stored = m_file->value(QString::fromLatin1(row.name));
  // An empty list is written as an invalid value, and a list of one as a plain text.
  if (!stored.isValid() || !stored.convert(QMetaType(row.type)) || !inRange(row, stored))
    return row.fallback;
  return stored;
}

void Settings::set(Setting key, const QVariant &value) {
  m_file->setValue(QString::fromLatin1(rowOf(key).name), value);
}

QStringList Settings::layouts() const {
  m_file->beginGroup(QStringLiteral("layouts"));
  QStringList names;
  for (const QString &group : m_file->childGroups())
    names << QString::fromUtf8(QByteArray::fromPercentEncoding(group.toLatin1()));
  m_file->endGroup();
  names.sort(Qt::CaseInsensitive);
  return names;
}

void Settings::keepLayout(const QString &name) {
  for (const Setting setting : kLayout)
    m_file->setValue(layoutKey(name, setting), value(setting));
}

void Settings::takeLayout(const QString &name) {
  for (const Setting setting : kLayout)
    set(setting, m_file->value(layoutKey(name, setting)));
}

void Settings::takeDefaultLayout() {
  for (const Setting setting : kLayout)
    m_file->remove(QString::fromLatin1(rowOf(setting).name));
}

void Settings::renameLayout(const QString &name, const QString &newName) {
  if (name == newName)
    return;
  for (const Setting setting : kLayout)
    m_file->setValue(layoutKey(newName, setting), m_file->value(layoutKey(name, setting)));
  removeLayout(name);
}

void Settings::removeLayout(const QString &name) { m_file->remove(layoutGroup(name)); }

void Settings::addRecent(Setting list, const QString &text) {
  QStringList entries = value(list).toStringList();
  entries.removeAll(text);
  entries.prepend(text);
  set(list, entries.mid(0, kMaxRecent));
}

} // namespace meteorograph::ui
