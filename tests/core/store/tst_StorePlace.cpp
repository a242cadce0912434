// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/StorePlace.h"
#include "tests/support/TestMain.h"

#include <QTest>

using namespace meteorograph;

namespace {
const char *const kMounts =
    "22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw\n"
    "40 22 0:35 / /srv rw,relatime shared:20 master:3 - nfs4 nas:/export rw,vers=4.2\n"
    "41 22 0:36 / /srv/local rw - xfs /dev/sdb1 rw\n"
    "42 22 0:37 / /mnt/team\\040share rw,nosuid - cifs //nas/team rw\n"
    "43 22 0:38 / /home/me/there rw - fuse.sshfs me@there: rw\n"
    "44 22 0:39 / /mnt/stick rw - fuseblk /dev/sdc1 rw\n"
    "45 22 0:40 / /over rw - ext4 /dev/sdd1 rw\n"
    "46 45 0:41 / /over rw - nfs nas:/over rw\n"
    "a line that says nothing\n";
} // namespace

class tst_StorePlace : public QObject {
  Q_OBJECT

private Q_SLOTS:
  void findsTheFileSystemOfAPath_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("name");
    QTest::newRow("root") << "/home/me/s.meteorograph"
                          << "ext4";
    QTest::newRow("share") << "/srv/s.meteorograph"
                           << "nfs4";
    QTest::newRow("disk below a share") << "/srv/local/s.meteorograph"
                                        << "xfs";
    QTest::newRow("name that begins alike") << "/srv2/s.meteorograph"
                                            << "ext4";
    QTest::newRow("blank in the name") << "/mnt/team share/s.meteorograph"
                                       << "cifs";
    QTest::newRow("of two the upper one") << "/over/s.meteorograph"
                                          << "nfs";
    QTest::newRow("sshfs") << "/home/me/there/s.meteorograph"
                           << "fuse.sshfs";
  }
  void findsTheFileSystemOfAPath() {
    QFETCH(QString, path);
    QFETCH(QString, name);
    QCOMPARE(QString::fromStdString(fileSystemOf(path.toStdString(), kMounts)), name);
  }

  void saysNothingWithoutATable() { QCOMPARE(fileSystemOf("/home", ""), std::string()); }

  void refusesSharesOfTheNetwork_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("refused");
    for (const char *name : {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "ceph"})
      QTest::newRow(name) << name << true;
    for (const char *name : {"ext4", "btrfs", "overlay", "tmpfs", "fuseblk", "9p", "virtiofs", ""})
      QTest::addRow("'%s'", name) << name << false;
  }
  void refusesSharesOfTheNetwork() {
    QFETCH(QString, name);
    QFETCH(bool, refused);
    const Result<void> safe = checkFileSystem("/srv/s.meteorograph", name.toStdString());
    QCOMPARE(!safe, refused);
    if (!refused)
      return;
    QCOMPARE(safe.error().code, ErrorCode::StoreUnusable);
    for (const std::string &words :
         {std::string("/srv/s.meteorograph"), name.toStdString(), std::string("disk of this machine")})
      QVERIFY2(safe.error().message.find(words) != std::string::npos, safe.error().message.c_str());
  }

  void acceptsThisMachinesOwnDisk() { QVERIFY(checkPlace("/tmp/s.meteorograph")); }
};

METEOROGRAPH_TEST(tst_StorePlace)
#include "tst_StorePlace.moc"
