// fluxstub is a small stand-in, for tests only, for Flux's source-controller: it
// reconciles GitRepository objects (HTTP on loopback, no credentials, ref.branch)
// into tar.gz artifacts that it serves over HTTP.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/fluxcd/pkg/apis/meta"
	sourcev1 "github.com/fluxcd/source-controller/api/v1"
	apimeta "k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/builder"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/event"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/predicate"
)

type reconciler struct {
	client.Client
	storage, advURL string
}

func loopback(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

func git(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_TERMINAL_PROMPT=0", "GIT_CONFIG_NOSYSTEM=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, bytes.TrimSpace(out))
	}
	return strings.TrimSpace(string(out)), nil
}

func archive(dir, dst string) (digest string, size int64, err error) {
	if err = os.MkdirAll(filepath.Dir(dst), 0o755); err != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(dst), ".tmp-*")
	if err != nil {
		return
	}
	defer os.Remove(f.Name())
	h := sha256.New()
	gz := gzip.NewWriter(io.MultiWriter(f, h))
	tw := tar.NewWriter(gz)
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == ".git" {
			return filepath.SkipDir
		}
		if !d.Type().IsRegular() {
			return nil
		}
		rel, _ := filepath.Rel(dir, p)
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if err := tw.WriteHeader(&tar.Header{Name: filepath.ToSlash(rel), Mode: 0o644, Size: int64(len(b)), Typeflag: tar.TypeReg}); err != nil {
			return err
		}
		_, err = tw.Write(b)
		return err
	})
	if err == nil {
		err = tw.Close()
	}
	if err == nil {
		err = gz.Close()
	}
	if err == nil {
		var st os.FileInfo
		if st, err = f.Stat(); err == nil {
			size = st.Size()
		}
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), dst)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil)), size, err
}

func (r *reconciler) artifact(ctx context.Context, g *sourcev1.GitRepository) (*meta.Artifact, error) {
	u, err := url.Parse(g.Spec.URL)
	if err != nil || !loopback(u.Host) {
		return nil, fmt.Errorf("%q is not a loopback URL", g.Spec.URL)
	}
	ref := g.Spec.Reference
	if ref == nil {
		ref = &sourcev1.GitRepositoryRef{}
	}
	branch := ref.Branch
	if branch == "" {
		branch = "master"
	}
	tmp, err := os.MkdirTemp("", "fluxstub-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	if _, err := git(ctx, "/", "clone", "-q", "--depth", "1", "--branch", branch, g.Spec.URL, tmp); err != nil {
		return nil, err
	}
	sha, err := git(ctx, tmp, "rev-parse", "HEAD")
	if err != nil {
		return nil, err
	}
	rev := branch + "@sha1:" + sha
	if a := g.Status.Artifact; a != nil && a.Revision == rev && a.Path != "" {
		if _, err := os.Stat(filepath.Join(r.storage, a.Path)); err == nil {
			return a, nil
		}
	}
	path := filepath.Join("gitrepository", g.Namespace, g.Name, sha+".tar.gz")
	digest, size, err := archive(tmp, filepath.Join(r.storage, path))
	if err != nil {
		return nil, err
	}
	return &meta.Artifact{Path: path, URL: r.advURL + "/" + path, Revision: rev, Digest: digest, Size: &size, LastUpdateTime: metav1.Now()}, nil
}

func (r *reconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	g := &sourcev1.GitRepository{}
	if err := r.Get(ctx, req.NamespacedName, g); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if g.Spec.Suspend || !g.DeletionTimestamp.IsZero() {
		return ctrl.Result{}, nil
	}
	old := g.DeepCopy()
	cctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	a, err := r.artifact(cctx, g)
	c := metav1.Condition{Type: meta.ReadyCondition, ObservedGeneration: g.Generation}
	if err != nil {
		c.Status, c.Reason, c.Message = metav1.ConditionFalse, sourcev1.GitOperationFailedReason, err.Error()
	} else {
		g.Status.Artifact = a
		c.Status, c.Reason, c.Message = metav1.ConditionTrue, meta.SucceededReason, "stored artifact for revision '"+a.Revision+"'"
		apimeta.SetStatusCondition(&g.Status.Conditions, metav1.Condition{Type: sourcev1.ArtifactInStorageCondition, Status: metav1.ConditionTrue, Reason: meta.SucceededReason, Message: c.Message, ObservedGeneration: g.Generation})
	}
	apimeta.SetStatusCondition(&g.Status.Conditions, c)
	g.Status.ObservedGeneration = g.Generation
	if v, ok := g.Annotations[meta.ReconcileRequestAnnotation]; ok {
		g.Status.LastHandledReconcileAt = v
	}
	if e := r.Status().Patch(ctx, g, client.MergeFrom(old), client.FieldOwner("fluxstub")); e != nil {
		return ctrl.Result{}, client.IgnoreNotFound(e)
	}
	if err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{RequeueAfter: g.Spec.Interval.Duration}, nil
}

func main() {
	addr := flag.String("storage-addr", "127.0.0.1:19790", "loopback address of the artifact server")
	storage := flag.String("storage-path", "", "artifact directory")
	flag.Parse()
	ctrl.SetLogger(zap.New())
	if !loopback(*addr) {
		log.Fatalf("refusing non-loopback address %q", *addr)
	}
	go func() { log.Fatal(http.ListenAndServe(*addr, http.FileServer(http.Dir(*storage)))) }()

	scheme := runtime.NewScheme()
	if err := sourcev1.AddToScheme(scheme); err != nil {
		log.Fatal(err)
	}
	mgr, err := ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{Scheme: scheme, Metrics: metricsserver.Options{BindAddress: "0"}})
	if err != nil {
		log.Fatal(err)
	}
	requested := predicate.Funcs{UpdateFunc: func(e event.UpdateEvent) bool {
		return e.ObjectOld.GetAnnotations()[meta.ReconcileRequestAnnotation] != e.ObjectNew.GetAnnotations()[meta.ReconcileRequestAnnotation]
	}}
	if err := ctrl.NewControllerManagedBy(mgr).
		For(&sourcev1.GitRepository{}, builder.WithPredicates(predicate.Or(predicate.GenerationChangedPredicate{}, requested))).
		Complete(&reconciler{Client: mgr.GetClient(), storage: *storage, advURL: "http://" + *addr}); err != nil {
		log.Fatal(err)
	}
	if err := mgr.Start(ctrl.SetupSignalHandler()); err != nil {
		log.Fatal(err)
	}
}
